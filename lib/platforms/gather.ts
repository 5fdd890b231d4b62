import { StreamedItems, StreamedList } from './streamed';

/** What belongs together, and what is wanted of it. All of it must be JSON. */
export interface Gathering<Item, Head, Part> {
  /** The same for those that belong together; undefined of what is alone. */
  key(item: Item): string | undefined;
  /** What is taken of the first one only, */
  head(item: Item): Head;
  /** and of each. */
  part(item: Item): Part;
  /** Whether the list of parts is only put somewhere, and nobody looks into it. */
  readonly isPassedOn?: boolean;
}

export type AnyGathering = Gathering<unknown, unknown, unknown>;

export type Group<Head, Part> = readonly [head: Head, parts: Part[]];

/** Items, some of them streamed, that are brought together once they come by. */
export class Gathered {
  constructor(
    readonly items: readonly unknown[],
    readonly by: AnyGathering,
  ) {}
}

/** Brings together what belongs together, in the order in which keys first appear. */
export function gather<Item, Head, Part>(
  list: Iterable<Item>,
  by: Gathering<Item, Head, Part>,
): readonly Group<Head, Part>[] {
  const items = [...list];
  if (items.some((item) => item instanceof StreamedItems)) {
    const gathered = new Gathered(items, by as AnyGathering);
    return new StreamedList(gathered) as unknown as Group<Head, Part>[];
  }
  const groups = new Map<unknown, Group<Head, Part>>();
  for (const item of items) {
    const key = by.key(item) ?? Symbol();
    const group = groups.get(key) ?? [by.head(item), []];
    groups.set(key, group);
    group[1].push(by.part(item));
  }
  return [...groups.values()];
}
