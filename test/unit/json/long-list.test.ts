import { expect, test } from '@jest/globals';
import { EncodedItems } from '../../../lib/json/long/encoded-items';
import { fold } from '../../../lib/json/long/fold';
import { groupBy } from '../../../lib/json/long/group-by';
import type { Items } from '../../../lib/json/long/items';
import {
  GroupedItems,
  itemsOf,
  joinItems,
  LongItems,
  LongList,
  longListIn,
  placeholdersOf,
} from '../../../lib/json/long/long-list';
import { toMark } from '../../../lib/json/long/marks';
import type { MaybeLong } from '../../../lib/json/long/maybe-long';
import { asEntries, asEntryItems, asItems, asList } from '../../../lib/json/read';

const long = (): Items<number> => new LongList<number>([new LongItems(0)]);

/** The result of a list after its long items were read. */
const filledWith = (list: Items<unknown>, items: unknown[]): unknown[] =>
  itemsOf(list).flatMap((item) => (item instanceof LongItems ? item.apply(items) : [item]));

const notStreamable = (message: string) =>
  expect.objectContaining({ code: 'not-streamable', message });

test('a list that may be long has no operation that needs all items: these lines do not compile', () => {
  const list: Items<number> = [1, 2];
  const uses = () => [
    // @ts-expect-error
    list.length,
    // @ts-expect-error
    list.some((item) => item > 1),
    // @ts-expect-error
    list.find((item) => item > 1),
    // @ts-expect-error
    list[0],
    // @ts-expect-error
    [...list],
    // @ts-expect-error: the index would be that in a part.
    list.map((item: number, index: number) => item + index),
    // @ts-expect-error
    list satisfies number[],
  ];
  expect(uses).toBeInstanceOf(Function);
});

test('a result of all items may be unknown: these lines do not compile', () => {
  const total = fold([1, 2], { begin: () => [0], add: () => {}, end: ([sum]) => ({ sum }) });
  const data: MaybeLong<{ list: { id?: string }[]; inner?: { text?: string } }> = {
    list: long().map((id) => ({ id: String(id) })),
    inner: fold(long(), { begin: () => [0], add: () => {}, end: () => ({ text: 'a' }) }),
  };
  const uses = () => [
    // @ts-expect-error
    total?.sum,
    // @ts-expect-error
    data.inner?.text,
    // @ts-expect-error
    data.list.length,
    // @ts-expect-error
    data satisfies { inner?: { text?: string } },
  ];
  expect(uses).toBeInstanceOf(Function);
});

test('operations on a long list are applied to its items later', () => {
  const list = long()
    .map((item) => item * 2)
    .filter((item) => item > 2)
    .flatMap((item) => [item, -item]);
  expect(itemsOf(list)).toEqual([expect.any(LongItems)]);
  // 1, 2, 3 doubled without 2: 4 and 6.
  expect(filledWith(list, [1, 2, 3])).toEqual([4, -4, 6, -6]);
});

test('lists are joined in order, and operations are applied to all items', () => {
  const list = joinItems([1], long(), [4]).map((item) => item * 10);
  expect(filledWith(list, [2, 3])).toEqual([10, 20, 30, 40]);
  expect(joinItems([1], [2])).toEqual([1, 2]);
});

test('a list that is joined with empty ones is not copied', () => {
  const lists = [long(), [1], new EncodedItems(['1'])];
  for (const list of lists) expect(joinItems([], list, [])).toBe(list);
});

test('items that are encoded are those of their JSON', () => {
  const list = new EncodedItems<number>(['1,2', '3']);
  expect(list.map((item) => item * 2)).toEqual([2, 4, 6]);
  expect(list.flatMap((item) => [item, -item])).toEqual([1, -1, 2, -2, 3, -3]);
  expect(list.filter((item) => item > 1)).toEqual([2, 3]);
  expect(JSON.stringify({ list })).toBe('{"list":[1,2,3]}');
  expect(joinItems([0], list)).toEqual([0, 1, 2, 3]);
  expect(itemsOf(list)).toEqual([1, 2, 3]);
});

test('items of no known kind are a mistake in the program', () => {
  const { map, flatMap, filter } = [] as number[];
  expect(() => itemsOf({ map, flatMap, filter })).toThrow(
    new TypeError('expected an array or a long list, got another implementation of Items'),
  );
});

test('the placeholders of groups are those of the lists in them', () => {
  const by = { key: String, head: Number, part: Number };
  const inner = new LongItems(new GroupedItems([new LongItems(4), 5], by));
  expect(placeholdersOf(3)).toEqual([3]);
  expect(placeholdersOf(new GroupedItems([1, new LongItems(2), inner], by))).toEqual([2, 4]);
});

test('only values that may be long are read from a mark', () => {
  const list = [toMark(7)];
  const object = { [toMark(7)]: 0 };
  expect(itemsOf(asItems(list) ?? [])).toEqual([new LongItems(7)]);
  expect(itemsOf(asEntryItems(object) ?? [])).toEqual([new LongItems(7)]);
  const refused = notStreamable('expected a list in memory, got a long one');
  expect(() => asList(list)).toThrow(refused);
  expect(() => asEntries(object)).toThrow(refused);
  // A mark is the only item.
  expect(longListIn([toMark(7), 1])).toBeUndefined();
});

test('items in memory are grouped by key, in the order of the first of each', () => {
  const key = (item: string) => item[0];
  const by = { key, head: (item: string) => item.length, part: (item: string) => item };
  // An item without a key is a group of its own.
  expect(groupBy(['b1', '', 'a', 'b22', ''], by)).toEqual([
    [2, ['b1', 'b22']],
    [0, ['']],
    [1, ['a']],
    [0, ['']],
  ]);
});

test('groups of a long list are those of its items, with those in memory', () => {
  const groups = groupBy(joinItems([1], long()), {
    key: String,
    head: (item) => item,
    part: (item) => item,
  });
  const [items] = itemsOf(groups) as LongItems[];
  expect(items?.source).toMatchObject({ items: [1, new LongItems(0)] });
});

test('one long list is folded later, several are not', () => {
  const by = { begin: () => [0], add: () => {}, end: () => 1 };
  expect(fold(long(), by)).toEqual({ items: new LongItems(0), by });
  expect(fold([1], by)).toBe(1);
  const refused = notStreamable('expected one long list to fold, got several');
  expect(() => fold(joinItems([1], long()), by)).toThrow(refused);
  expect(() => fold(joinItems(long(), [1]), by)).toThrow(refused);
});
