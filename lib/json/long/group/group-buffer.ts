import { LabelrelayError } from '../../../errors';
import type { Batch } from '../batch';
import type { AnyGrouping } from '../long-list';

/** What items come to that belong together: they are given in the order in which they first appear. */
export interface GroupBuffer {
  /**
   * @param length of what it was read from, in characters
   * @throws LabelrelayError `not-streamable`, NotAdjacent
   */
  add(item: unknown, length: number): void;
  /** Those of which no item can follow any more; they are gone then. */
  whole(): Iterable<Batch>;
  /**
   * To be called behind the last item: what is there is whole then.
   *
   * @returns whether there was no room for all: then every item has to come by once more
   */
  end(): boolean;
}

/** What belongs together has to be collected. */
export class NotAdjacent extends LabelrelayError {
  constructor() {
    super('not-streamable', 'expected few that belong together, in a row, got others');
  }
}

export type ToGroupBuffer = (by: AnyGrouping) => GroupBuffer;
