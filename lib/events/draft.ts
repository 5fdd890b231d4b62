import type { WithItems } from '../json/long/items';
import type { EventData } from './schemas/data';
import type { Sequence } from './sequence';
import type { Topic } from './topics';

/** What a platform makes of one thing in a delivery, before it becomes a CloudEvent. */
export interface EventDraft {
  readonly topic: Topic;
  /** Its lists may be too long for memory: only the writer looks into them. */
  readonly data: WithItems<EventData>;
  /** What is ordered, and how: see `order`. */
  readonly subject?: string;
  readonly sequence?: Sequence;
  /** When it happened by the platform's clock, RFC 3339 in UTC. */
  readonly time?: string;
  /** The platform's id of the project, so that one project's bulk does not starve the others. */
  readonly projectId?: string;
  /** Bytes that do not tell one occurrence from the next: its id is drawn, not derived. */
  readonly isOccurrence?: boolean;
}
