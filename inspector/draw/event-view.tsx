import { useMemo, useState } from 'preact/hooks';
import type { LabelrelayEvent } from '../labelrelay-event';
import { contentOf } from './content';
import { Drawings } from './drawings';
import { Facts } from './facts';
import { labelsOf } from './items';
import { LabelView } from './label-view';
import { type Fields, fieldsOf } from './read';

const MOST_LABELS = 10;

export interface EventViewProps {
  readonly event: LabelrelayEvent;
  /** Whether pictures may be loaded from other hosts. */
  readonly pictures: boolean;
}

/** The content of one event, of whatever type: its labels are drawn, and its other members listed. */
export function EventView({ event, pictures }: EventViewProps) {
  const [shown, setShown] = useState(MOST_LABELS);
  const data = fieldsOf(event.data);
  const content = useMemo(() => contentOf(data), [event]);
  const labels = useMemo(() => labelsOf(event), [event]);
  const hasContent = data.task !== undefined && content.value !== undefined;
  return (
    <div class="event-view">
      {event.data === undefined && event.dataref !== undefined && (
        <p>
          The data of this event is large, and is at <code>{String(event.dataref)}</code>
        </p>
      )}
      {labels.slice(0, shown).map((label, index) => (
        <LabelView key={index} label={label} content={content} pictures={pictures} />
      ))}
      {labels.length > shown && (
        <button type="button" onClick={() => setShown(shown + MOST_LABELS)}>
          {`Show more of ${labels.length} labels`}
        </button>
      )}
      {hasContent && (
        <Drawings
          items={NONE}
          answers={NONE}
          relations={NONE}
          content={content}
          pictures={pictures}
        />
      )}
      {labels.length > 0 || hasContent ? (
        <details>
          <summary>Project and data row</summary>
          <Facts value={othersOf(data)} />
        </details>
      ) : (
        <Facts value={othersOf(data)} />
      )}
    </div>
  );
}

const NONE: never[] = [];

/** The members that are neither drawn nor the payload itself. */
function othersOf({ labels: _labels, label: _label, native: _native, ...others }: Fields): Fields {
  return others;
}
