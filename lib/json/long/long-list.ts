import { LabelrelayError } from '../../errors';
import type { Items } from './items';
import { numberOf } from './marks';

/** What belongs together, and what is wanted of it. All of it must be JSON. */
export interface Grouping<Item, Head, Part> {
  /** The same for those that belong together; undefined of what is alone. */
  key(item: Item): string | undefined;
  /** What is taken of the first one only, */
  head(item: Item): Head;
  /** and of each. */
  part(item: Item): Part;
  /** Whether the list of parts is only put somewhere, and nobody looks into it. */
  readonly isPassedOn?: boolean;
}

export type AnyGrouping = Grouping<unknown, unknown, unknown>;

/** What is done with a part of the items, in order. */
type Step = (items: readonly unknown[]) => unknown[];

/** Where items come from: the number of a placeholder, or the groups of other lists. */
export type Source = number | GroupedItems;

/** Items that are not in memory, and what is done with them once they come by. */
export class LongItems {
  constructor(
    readonly source: Source,
    private readonly steps: readonly Step[] = [],
  ) {}

  withStep(step: Step): LongItems {
    return new LongItems(this.source, [...this.steps, step]);
  }

  /** What becomes of a part of the items. */
  apply(items: unknown[]): unknown[] {
    return this.steps.reduce((result, step) => step(result), items);
  }
}

/** Items that are grouped once they come by. */
export class GroupedItems {
  constructor(
    /** Those in memory, with `LongItems` among them. */
    readonly items: readonly unknown[],
    readonly by: AnyGrouping,
  ) {}
}

/** A list with items that are not in memory: what is done with it is remembered, and done with them later. */
export class LongList<Item> implements Items<Item> {
  /** @param items those in memory, with `LongItems` among them */
  constructor(readonly items: readonly unknown[]) {}

  map<Result>(change: (item: Item) => Result): Items<Result> {
    return this.#withStep((items) => items.map((item) => change(item)));
  }

  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Items<Result> {
    return this.#withStep((items) => items.flatMap((item) => change(item)));
  }

  filter(isWanted: (item: Item) => boolean): Items<Item> {
    return this.#withStep((items) => items.filter((item) => isWanted(item)));
  }

  #withStep<Result>(step: (items: readonly Item[]) => readonly Result[]): Items<Result> {
    const any = step as Step;
    return new LongList(
      this.items.flatMap((item) => (item instanceof LongItems ? item.withStep(any) : any([item]))),
    );
  }
}

/** @returns the list that a mark stands for; undefined when there is none, and all is in memory */
export function longListIn<Item>(marked: readonly unknown[]): LongList<Item> | undefined {
  const placeholder = marked.length === 1 ? numberOf(marked[0]) : undefined;
  return placeholder === undefined ? undefined : new LongList([new LongItems(placeholder)]);
}

/** One list after the other. */
export function joinItems<Item>(...lists: readonly Items<Item>[]): Items<Item> {
  const filled = lists.filter((list) => itemsOf(list).length > 0);
  if (filled.length === 1 && filled[0]) return filled[0];
  const items = filled.flatMap(itemsOf) as Item[];
  return items.some((item) => item instanceof LongItems) ? new LongList(items) : items;
}

/** The items in memory, with `LongItems` among them for those that are not. */
export function itemsOf(list: Items<unknown>): readonly unknown[] {
  if (list instanceof LongList) return list.items;
  if (Array.isArray(list)) return list;
  throw new TypeError('expected an array or a long list, got another implementation of Items');
}

/** The placeholders that items come from, in order. */
export const placeholdersOf = (source: Source): number[] =>
  typeof source === 'number'
    ? [source]
    : source.items.flatMap((item) =>
        item instanceof LongItems ? placeholdersOf(item.source) : [],
      );

/** @throws LabelrelayError `not-streamable` when items are asked for that are not in memory */
export function expectInMemory(marked: readonly unknown[]): void {
  if (!longListIn(marked)) return;
  throw new LabelrelayError('not-streamable', 'expected a list in memory, got a long one');
}
