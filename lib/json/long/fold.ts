import { LabelrelayError } from '../../errors';
import type { Items } from './items';
import { itemsOf, LongItems } from './long-list';

/** What becomes of all items of a list together. The result must be JSON. */
export interface Folding<Item, State, Result> {
  begin(): State;
  add(state: State, item: Item): void;
  /** Undefined: nothing. */
  end(state: State): Result | undefined;
}

export type AnyFolding = Folding<unknown, unknown, unknown>;

/** What stands for a result until the items of a long list have come by. */
export class PendingFold {
  constructor(
    readonly items: LongItems,
    readonly by: AnyFolding,
  ) {}
}

/**
 * Only the writer of the result may look at it: the items of a long list come by later.
 *
 * @throws LabelrelayError `not-streamable` for a long list that was joined with others
 */
export function fold<Item, State, Result>(
  list: Items<Item>,
  by: Folding<Item, State, Result>,
): Result | undefined {
  const items = itemsOf(list);
  const [first] = items;
  if (first instanceof LongItems && items.length === 1) {
    return new PendingFold(first, by as AnyFolding) as unknown as Result;
  }
  if (items.some((item) => item instanceof LongItems)) {
    throw new LabelrelayError('not-streamable', 'expected one long list to fold, got several');
  }
  const state = by.begin();
  for (const item of items as readonly Item[]) by.add(state, item);
  return by.end(state);
}
