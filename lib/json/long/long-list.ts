import { LabelrelayError } from '../../errors';
import { flatMap } from '../flat-map';
import { EncodedItems } from './encoded-items';
import type { Items } from './items';
import { numberOf } from './marks';

/** How items are grouped. The results must be JSON. */
export interface Grouping<Item, Head, Part> {
  /** The key of the item's group; undefined if the item is a group of its own. */
  key(item: Item): string | undefined;
  /** The value that is taken of the first item of a group, */
  head(item: Item): Head;
  /** and the value that is taken of each item. */
  part(item: Item): Part;
  /** Whether the list of parts is only passed on, and never read. */
  readonly isPassedOn?: boolean;
}

/** An operation on some of the items. Their type is that of the `LongList` around them. */
type Step = (items: readonly unknown[]) => unknown[];

/** The source of items: the number of a placeholder, or the groups of other lists. */
export type Source = number | GroupedItems;

/** Items that are not in memory, with the steps to apply when they are read. */
export class LongItems {
  constructor(
    readonly source: Source,
    private readonly steps: readonly Step[] = [],
  ) {}

  withStep(step: Step): LongItems {
    return new LongItems(this.source, this.steps.concat(step));
  }

  /** Applies the steps to some of the items. */
  apply(items: unknown[]): unknown[] {
    return this.steps.reduce((result, step) => step(result), items);
  }
}

/** Items that are grouped when they are read. */
export class GroupedItems {
  constructor(
    /** The items in memory, with `LongItems` for the others. */
    readonly items: readonly unknown[],
    readonly by: Grouping<unknown, unknown, unknown>,
  ) {}
}

/** A list with items that are not in memory. It records operations, which the writer applies later. */
export class LongList<Item> implements Items<Item> {
  /** @param items the items in memory, with `LongItems` for the others */
  constructor(readonly items: readonly (Item | LongItems)[]) {}

  map<Result>(change: (item: Item) => Result): Items<Result> {
    return this.#withStep((items) => items.map((item) => change(item)));
  }

  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Items<Result> {
    return this.#withStep((items) => flatMap(items, change));
  }

  filter(isWanted: (item: Item) => boolean): Items<Item> {
    return this.#withStep((items) => items.filter((item) => isWanted(item)));
  }

  #withStep<Result>(step: (items: readonly Item[]) => readonly Result[]): Items<Result> {
    const items = this.items.flatMap((item): readonly (Result | LongItems)[] =>
      item instanceof LongItems ? [item.withStep(step as Step)] : step([item]),
    );
    return new LongList(items);
  }
}

/** @returns the list of a mark; undefined if there is no mark, and all items are in memory */
export function longListIn<Item>(marked: readonly unknown[]): LongList<Item> | undefined {
  const placeholder = marked.length === 1 ? numberOf(marked[0]) : undefined;
  return placeholder === undefined ? undefined : new LongList<Item>([new LongItems(placeholder)]);
}

/** Joins lists. */
export function joinItems<Item>(...lists: readonly Items<Item>[]): Items<Item> {
  const filled = lists.filter((list) => list instanceof EncodedItems || itemsOf(list).length > 0);
  if (filled.length === 1 && filled[0]) return filled[0];
  const items = filled.flatMap((list) => itemsOf(list));
  return areInMemory(items) ? items : new LongList<Item>(items);
}

/** The items in memory, with `LongItems` for the others. */
export function itemsOf<Item>(list: Items<Item>): readonly (Item | LongItems)[] {
  if (list instanceof LongList) return list.items;
  if (Array.isArray(list)) return list;
  if (list instanceof EncodedItems) return list.toJSON();
  throw new TypeError('expected an array or a long list, got another implementation of Items');
}

/** Whether there are no `LongItems`. */
export const areInMemory = <Item>(items: readonly (Item | LongItems)[]): items is readonly Item[] =>
  !items.some((item) => item instanceof LongItems);

/** The placeholders of a source, in order. */
export const placeholdersOf = (source: Source): number[] =>
  typeof source === 'number'
    ? [source]
    : source.items.flatMap((item) =>
        item instanceof LongItems ? placeholdersOf(item.source) : [],
      );

/** @throws LabelrelayError `not-streamable` if the items are not in memory */
export function expectInMemory(marked: readonly unknown[]): void {
  if (!longListIn(marked)) return;
  throw new LabelrelayError('not-streamable', 'expected a list in memory, got a long one');
}
