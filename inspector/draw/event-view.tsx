import type { LabelrelayEvent } from '../labelrelay-event';

export interface EventViewProps {
  readonly event: LabelrelayEvent;
  /** Whether pictures may be loaded from other hosts. */
  readonly pictures: boolean;
}

/** The content of one event, of whatever type. */
export function EventView({ event }: EventViewProps) {
  return <pre class="json">{JSON.stringify(event.data, null, 2)}</pre>;
}
