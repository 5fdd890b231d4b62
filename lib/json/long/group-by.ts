import { type AnyGrouping, GroupedItems, type Grouping, LongItems, LongList } from './long-list';

export type Group<Head, Part> = readonly [head: Head, parts: Part[]];

/** Brings together what belongs together, in the order in which keys first appear. */
export function groupBy<Item, Head, Part>(
  list: Iterable<Item>,
  by: Grouping<Item, Head, Part>,
): readonly Group<Head, Part>[] {
  const items = [...list];
  if (items.some((item) => item instanceof LongItems)) {
    const grouped = new GroupedItems(items, by as AnyGrouping);
    return new LongList(grouped) as unknown as Group<Head, Part>[];
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
