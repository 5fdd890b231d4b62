import { LabelrelayError } from '../../../errors';
import type { Batch } from '../batch';
import type { Grouping } from '../long-list';

/** Groups items. The groups have the order in which their first items appear. */
export interface GroupBuffer {
  /**
   * @param length the length of the item's text, in characters
   * @throws LabelrelayError `not-streamable`, NotAdjacent
   */
  add(item: unknown, length: number): void;
  /** Takes the groups that are complete. To be called after some items: it makes room for others. */
  whole(): Iterable<Batch> | AsyncIterable<Batch>;
  /** To be called after the last item. All groups are complete then. */
  end(): void;
}

/** The items of a group do not follow each other, so they have to be collected. */
export class NotAdjacent extends LabelrelayError {
  constructor() {
    super(
      'not-streamable',
      'expected the items of a group one after another, got others between them',
    );
  }
}

export type ToGroupBuffer = (by: Grouping<unknown, unknown, unknown>) => GroupBuffer;
