import type { Items } from './items';
import {
  areInMemory,
  GroupedItems,
  type Grouping,
  itemsOf,
  LongItems,
  LongList,
} from './long-list';

export type Group<Head, Parts> = readonly [head: Head, parts: Parts];

/** Groups items by key. The groups have the order in which their keys first appear. */
export function groupBy<Item, Head, Part>(
  list: Items<Item>,
  by: Grouping<Item, Head, Part> & { readonly isPassedOn: true },
): Items<Group<Head, Items<Part>>>;
export function groupBy<Item, Head, Part>(
  list: Items<Item>,
  by: Grouping<Item, Head, Part>,
): Items<Group<Head, Part[]>>;
export function groupBy<Item, Head, Part>(
  list: Items<Item>,
  by: Grouping<Item, Head, Part>,
): Items<Group<Head, Part[]>> {
  const items = itemsOf(list);
  if (!areInMemory(items))
    return new LongList<Group<Head, Part[]>>([new LongItems(new GroupedItems(items, by))]);
  const groups = new Map<unknown, Group<Head, Part[]>>();
  for (const item of items) {
    const key = by.key(item) ?? Symbol();
    const group = groups.get(key) ?? [by.head(item), []];
    groups.set(key, group);
    group[1].push(by.part(item));
  }
  return [...groups.values()];
}
