import { expect, test } from '@jest/globals';
import { toBatchOf } from '../../../lib/json/long/batch';
import { GroupReader } from '../../../lib/json/long/group/group-reader';
import { GroupedItems, LongItems } from '../../../lib/json/long/long-list';

const by = { key: String, head: Number, part: Number };

/** A reader of the groups of such items, and what its buffer gets. */
function readerOf(...items: unknown[]) {
  const added: [item: unknown, length: number][] = [];
  const reader = new GroupReader(new GroupedItems(items, by), {
    add: (...each) => added.push(each),
    whole: () => [],
    end: () => {},
  });
  return { added, reader };
}

const batch = (text: string) => ({ ...toBatchOf(JSON.parse(`[${text}]`)), text });

test('items in memory are added when those before them were read', () => {
  const { added, reader } = readerOf(1, 2, new LongItems(4), 3, new LongItems(7), 5);
  expect(added).toEqual([
    [1, 0],
    [2, 0],
  ]);
  expect([reader.placeholder, reader.isAtEnd]).toEqual([4, false]);
  reader.endOf();
  expect(added.slice(2)).toEqual([[3, 0]]);
  expect([reader.placeholder, reader.isAtEnd]).toEqual([7, false]);
  reader.endOf();
  expect(added.slice(3)).toEqual([[5, 0]]);
  expect([reader.placeholder, reader.isAtEnd]).toEqual([undefined, true]);
});

test('items of a placeholder have their steps, and the same share of the text', () => {
  const doubled = new LongItems(0).withStep((items) => items.map((item) => Number(item) * 2));
  const { added, reader } = readerOf(doubled);
  reader.take(batch('10,20,30'));
  reader.take(batch('1'));
  // Eight characters of three items, and one of one.
  expect(added).toEqual([
    [20, 8 / 3],
    [40, 8 / 3],
    [60, 8 / 3],
    [2, 1],
  ]);
});

test('items out of order are refused', () => {
  const { reader } = readerOf(new LongItems(0));
  expect(() => reader.take({ ...batch('1'), isInOrder: false })).toThrow(
    expect.objectContaining({ code: 'not-streamable' }),
  );
});

test('groups of groups have no placeholder', () => {
  const { reader } = readerOf(new LongItems(new GroupedItems([new LongItems(0)], by)));
  expect([reader.placeholder, reader.isAtEnd]).toEqual([undefined, false]);
});

test('a batch after the last item is left alone', () => {
  const { added, reader } = readerOf(1);
  reader.take(batch('2'));
  expect(added).toEqual([[1, 0]]);
});
