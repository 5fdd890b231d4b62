import { randomUUID } from 'node:crypto';
import type { Gathered } from './gather';

/** What stands in a list or an object of a body whose items are not in memory: nobody outside can write it. */
const MARK = randomUUID();

/** The item that stands in such a list, the name in such an object. @param hole its number in the body */
export const toMark = (hole: number): string => `${MARK}:${hole}`;

/** Every mark in JSON text, also in JSON that is text itself, with what the quotes are escaped by. */
export const MARKS = new RegExp(`(\\\\?)"${MARK}:(\\d+)\\\\?"(?::0)?`);

/** What is done with a part of the items, in order. */
type Step = (items: unknown[]) => unknown[];

/** Where items come from: the number of a hole, or what is gathered of other lists. */
export type Source = number | Gathered;

/**
 * A list whose items come by later: what is done with it is remembered, and done with them then. It
 * looks empty to whoever asks for its items now.
 */
export class StreamedList extends Array<unknown> {
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
    return new StreamedList(this.source, [...this.steps, step]) as unknown as U[];
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
    const list = this as unknown as StreamedList;
    return list.#then((items) => items.flat(depth) as unknown[]);
  }

  /** Among other items, one thing stands for all of them. */
  override *[Symbol.iterator](): ArrayIterator<unknown> {
    yield new StreamedItems(this);
  }

  /** What becomes of a part of the items. */
  apply(items: unknown[]): unknown[] {
    return this.steps.reduce((result, step) => step(result), items);
  }
}

/** The items of a streamed list, in a list with others. */
export class StreamedItems {
  constructor(readonly list: StreamedList) {}
}

/** The holes that items come from, in order. */
export const holesOf = (source: Source): number[] =>
  typeof source === 'number'
    ? [source]
    : source.items.flatMap((item) =>
        item instanceof StreamedItems ? holesOf(item.list.source) : [],
      );

/** The list itself, or what stands for it where its items are not in memory. */
export function streamed(list: readonly unknown[]): readonly unknown[] {
  const hole = list.length === 1 ? holeOf(list[0]) : undefined;
  return hole === undefined ? list : new StreamedList(hole);
}

/** The members of an object, or what stands for them where they are not in memory. */
export function streamedMembers(object: object): readonly (readonly [string, unknown])[] {
  const members = Object.entries(object);
  const hole = members.length === 1 ? holeOf(members[0]?.[0]) : undefined;
  return hole === undefined ? members : (new StreamedList(hole) as unknown as [string, unknown][]);
}

/** The number in a mark. */
const holeOf = (mark: unknown): number | undefined =>
  typeof mark === 'string' && mark.startsWith(MARK)
    ? Number(mark.slice(MARK.length + 1))
    : undefined;
