import { LabelrelayError } from '../../errors';
import type { Items } from './items';
import { areInMemory, itemsOf, LongItems } from './long-list';

/** How all items of a list are reduced to one result, which must be JSON. */
export interface Folding<Item, State, Result> {
  begin(): State;
  add(state: State, item: Item): void;
  /** @returns undefined for no result */
  end(state: State): Result | undefined;
}

/** A result that is not known before the items of a long list are read. Only the writer can read it. */
export class PendingFold<Result = unknown> {
  constructor(
    readonly items: LongItems,
    readonly by: Folding<unknown, unknown, Result>,
  ) {}
}

/**
 * Reduces a list. The result of a long list is not known yet.
 *
 * @throws LabelrelayError `not-streamable` for a long list that is joined with others
 */
export function fold<Item, State, Result>(
  list: Items<Item>,
  by: Folding<Item, State, Result>,
): Result | PendingFold<Result> | undefined {
  const items = itemsOf(list);
  const [first] = items;
  if (first instanceof LongItems && items.length === 1) return new PendingFold(first, by);
  if (!areInMemory(items)) {
    throw new LabelrelayError('not-streamable', 'expected one long list to fold, got several');
  }
  const state = by.begin();
  for (const item of items) by.add(state, item);
  return by.end(state);
}
