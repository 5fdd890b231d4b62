import { LongItems, type LongList } from './long-list';

/** What becomes of all items of a list together. The result must be JSON. */
export interface Folding<Item, State, Result> {
  begin(): State;
  add(state: State, item: Item): void;
  /** Undefined: nothing. */
  end(state: State): Result | undefined;
}

export type AnyFolding = Folding<unknown, unknown, unknown>;

/** What stands for a result until the items of a streamed list have come by. */
export class PendingFold {
  constructor(
    readonly list: LongList,
    readonly by: AnyFolding,
  ) {}
}

/** Only whoever writes the result may look at it: items that are streamed come by later. */
export function fold<Item, State, Result>(
  list: Iterable<Item>,
  by: Folding<Item, State, Result>,
): Result | undefined {
  const state = by.begin();
  for (const item of list) {
    if (item instanceof LongItems) {
      return new PendingFold(item.list, by as AnyFolding) as unknown as Result;
    }
    by.add(state, item);
  }
  return by.end(state);
}
