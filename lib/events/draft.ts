import type { MaybeLong } from '../json/long/maybe-long';
import type { Sequence } from './sequence';
import type { Topic } from './topics';
import type { EventData } from './types';

/** An event that a platform made of a delivery, before it becomes a CloudEvent. */
export interface EventDraft {
  readonly topic: Topic;
  /** The data. Its lists may be too long for memory: only the writer reads them. */
  readonly data: MaybeLong<EventData>;
  /** The `subject` and `sequence`: see `order`. */
  readonly subject?: string;
  readonly sequence?: Sequence;
  /** The time of the change by the platform's clock, RFC 3339 in UTC. If absent, that of receipt. */
  readonly time?: string;
  /** The platform's id of the project, for `partitionkey`: one project's bulk does not starve the others. */
  readonly projectId?: string;
  /**
   * Whether two occurrences can have the same bytes, such as a ping without a time, or the deletion of an id that is used
   * again. Then the id is random, not derived from the bytes.
   */
  readonly isOccurrence?: boolean;
  /** True if the platform did not send it. Then the id is derived from the subject and the sequence. */
  readonly recovered?: true;
}
