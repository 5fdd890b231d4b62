import { expect, test } from '@jest/globals';
import { fold } from '../../../lib/json/long/fold';
import { groupBy } from '../../../lib/json/long/group-by';
import type { Items } from '../../../lib/json/long/items';
import { itemsOf, joinItems, LongItems, LongList } from '../../../lib/json/long/long-list';
import { toMark } from '../../../lib/json/long/marks';
import type { MaybeLong } from '../../../lib/json/long/maybe-long';
import { asEntries, asEntryItems, asItems, asList } from '../../../lib/json/read';

const long = (): Items<number> => new LongList<number>([new LongItems(0)]);

/** The result of a list after its long items were read. */
const filledWith = (list: Items<unknown>, items: unknown[]): unknown[] =>
  itemsOf(list).flatMap((item) => (item instanceof LongItems ? item.apply(items) : [item]));

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

test('only values that may be long are read from a mark', () => {
  const list = [toMark(7)];
  const object = { [toMark(7)]: 0 };
  expect(itemsOf(asItems(list) ?? [])).toEqual([new LongItems(7)]);
  expect(itemsOf(asEntryItems(object) ?? [])).toEqual([new LongItems(7)]);
  const refused = expect.objectContaining({ code: 'not-streamable' });
  expect(() => asList(list)).toThrow(refused);
  expect(() => asEntries(object)).toThrow(refused);
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
  expect(() => fold(joinItems([1], long()), by)).toThrow(
    expect.objectContaining({ code: 'not-streamable' }),
  );
});
