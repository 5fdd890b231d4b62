import { useMemo } from 'preact/hooks';
import type { LabelrelayEvent } from '../labelrelay-event';
import { type Content, contentOf } from './content';
import { differenceOf, pairsOf } from './difference';
import { Drawings } from './drawings';
import { labelsOf } from './items';
import { type Fields, fieldsOf } from './read';
import { clip } from './words';

export interface DifferenceViewProps {
  /** The events of two versions of one subject. */
  readonly before: LabelrelayEvent;
  readonly after: LabelrelayEvent;
  /** Whether pictures may be loaded from other hosts. */
  readonly pictures: boolean;
}

/** The changes between two versions of a label: in words, and in one drawing. */
export function DifferenceView({ before, after, pictures }: DifferenceViewProps) {
  const content = useMemo(() => {
    const [old, now] = [before, after].map(({ data }) => contentOf(fieldsOf(data)));
    return (now?.value === undefined ? old : now) as Content;
  }, [before, after]);
  const pairs = useMemo(() => pairsOf(labelsOf(before), labelsOf(after)), [before, after]);
  return (
    <div class="difference-view">
      {pairs.length === 0 && <p>Neither version has a label.</p>}
      {pairs.map(({ id, note, ...pair }, index) => (
        <section key={index}>
          {pairs.length > 1 && (
            <h3>
              Label <bdi>{clip(id ?? 'without id', 80)}</bdi>
            </h3>
          )}
          {note && <p>{note}.</p>}
          <OneDifference {...pair} content={content} pictures={pictures} />
        </section>
      ))}
    </div>
  );
}

interface OneDifferenceProps {
  readonly before: Fields;
  readonly after: Fields;
  readonly content: Content;
  readonly pictures: boolean;
}

const MOST_WORDS = 200;
const NONE: never[] = [];

function OneDifference({ before, after, content, pictures }: OneDifferenceProps) {
  const { items, words } = useMemo(() => differenceOf(before, after), [before, after]);
  return (
    <>
      {words.length === 0 ? (
        <p>Nothing changed.</p>
      ) : (
        <ul class="changes">
          {words.slice(0, MOST_WORDS).map((sentence, index) => (
            <li key={index}>
              <bdi>{sentence}</bdi>
            </li>
          ))}
        </ul>
      )}
      {words.length > MOST_WORDS && <p class="faint">and {words.length - MOST_WORDS} more</p>}
      <p class="legend faint">
        <span class="badge added">added</span> solid and thick,{' '}
        <span class="badge removed">removed</span> dashed, <span class="badge after">changed</span>{' '}
        solid with the version before dotted, the rest thin
      </p>
      <Drawings
        items={items}
        answers={NONE}
        relations={NONE}
        content={content}
        pictures={pictures}
      />
    </>
  );
}
