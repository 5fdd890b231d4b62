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
type Step = (items: unknown[]) => unknown[];

/** Where items come from: the number of a placeholder, or the groups of other lists. */
export type Source = number | GroupedItems;

/**
 * A list whose items come by later: what is done with it is remembered, and done with them then. It
 * looks empty to whoever asks for its items now.
 */
export class LongList extends Array<unknown> {
  constructor(
    readonly source: Source,
    readonly steps: readonly Step[] = [],
  ) {
    super();
  }

  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  #then<U>(step: Step): U[] {
    return new LongList(this.source, [...this.steps, step]) as unknown as U[];
  }

  override map<U>(change: (item: unknown, index: number, items: unknown[]) => U): U[] {
    return this.#then((items) => items.map(change));
  }

  override flatMap<U, This = undefined>(
    change: (this: This, item: unknown, index: number, items: unknown[]) => U | readonly U[],
    self?: This,
  ): U[] {
    return this.#then((items) => items.flatMap(change, self as This));
  }

  override filter(isWanted: (item: unknown, index: number, items: unknown[]) => unknown) {
    return this.#then<unknown>((items) => items.filter(isWanted));
  }

  override flat<A, D extends number = 1>(this: A, depth?: D): FlatArray<A, D>[] {
    const list = this as unknown as LongList;
    return list.#then((items) => items.flat(depth) as unknown[]);
  }

  /** Among other items, one thing stands for all of them. */
  override *[Symbol.iterator](): ArrayIterator<unknown> {
    yield new LongItems(this);
  }

  /** What becomes of a part of the items. */
  apply(items: unknown[]): unknown[] {
    return this.steps.reduce((result, step) => step(result), items);
  }
}

/** The items of a streamed list, in a list with others. */
export class LongItems {
  constructor(readonly list: LongList) {}
}

/** Items that are grouped once they come by: some are in memory, others in long lists. */
export class GroupedItems {
  constructor(
    readonly items: readonly unknown[],
    readonly by: AnyGrouping,
  ) {}
}

/** The placeholders that items come from, in order. */
export const placeholdersOf = (source: Source): number[] =>
  typeof source === 'number'
    ? [source]
    : source.items.flatMap((item) =>
        item instanceof LongItems ? placeholdersOf(item.list.source) : [],
      );

/** The list itself, or what stands for it where its items are not in memory. */
export function longOrWhole(list: readonly unknown[]): readonly unknown[] {
  const placeholder = list.length === 1 ? numberOf(list[0]) : undefined;
  return placeholder === undefined ? list : new LongList(placeholder);
}

/** The members of an object, or what stands for them where they are not in memory. */
export function longMembers(object: object): readonly (readonly [string, unknown])[] {
  const members = Object.entries(object);
  const placeholder = members.length === 1 ? numberOf(members[0]?.[0]) : undefined;
  return placeholder === undefined
    ? members
    : (new LongList(placeholder) as unknown as [string, unknown][]);
}
