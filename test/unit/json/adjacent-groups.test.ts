import { expect, test } from '@jest/globals';
import { AdjacentGroups } from '../../../lib/json/long/group/adjacent-groups';
import { NotAdjacent } from '../../../lib/json/long/group/group-buffer';

/** Items without a text are groups of their own. */
const by = {
  key: (item: unknown) => (item === '' ? undefined : String(item)),
  head: (item: unknown) => item,
  part: () => 1,
};

const wholeOf = (groups: AdjacentGroups): unknown[] => groups.whole().map(({ items }) => items);

test('a row is kept in memory as long as it is short', () => {
  const groups = new AdjacentGroups(by, 100);
  for (const item of ['a', 'a', 'b', 'b']) groups.add(item, 60);
  groups.end();
  expect(wholeOf(groups)).toEqual([
    [
      ['a', [1, 1]],
      ['b', [1, 1]],
    ],
  ]);
});

test('a group is given once, when the next one begins', () => {
  const groups = new AdjacentGroups(by, 100);
  expect(groups.whole()).toEqual([]);
  groups.add('a', 1);
  expect(groups.whole()).toEqual([]);
  groups.add('b', 1);
  expect(wholeOf(groups)).toEqual([[['a', [1]]]]);
  expect(groups.whole()).toEqual([]);
  groups.end();
  expect(wholeOf(groups)).toEqual([[['b', [1]]]]);
});

test('items without a key are groups of their own', () => {
  const groups = new AdjacentGroups(by, 100);
  for (const item of ['', '', 'a', '', '']) groups.add(item, 60);
  groups.end();
  expect(wholeOf(groups)).toEqual([
    [
      ['', [1]],
      ['', [1]],
      ['a', [1]],
      ['', [1]],
      ['', [1]],
    ],
  ]);
});

// Without its last item, the text of a row may be 100 characters.
test.each([
  ['few that are long', 2, 60],
  ['few whose text just fits', 3, 50],
  ['many that are short', 16, 1],
])('%s are kept in a row, and one more is collected in another way', (_, most, length) => {
  const groups = new AdjacentGroups(by, 100);
  for (let item = 0; item < most; item++) groups.add('a', length);
  expect(() => groups.add('a', length)).toThrow(NotAdjacent);
});

test('a key that comes back ends the attempt', () => {
  const groups = new AdjacentGroups(by, 100);
  for (const item of ['a', 'b']) groups.add(item, 1);
  expect(() => groups.add('a', 1)).toThrow(
    expect.objectContaining({
      code: 'not-streamable',
      message: 'expected the items of a group one after another, got others between them',
    }),
  );
});

test('there may be so many keys, and any number of items without one', () => {
  const groups = new AdjacentGroups(by, 100, 3);
  for (const item of ['', 'a', '', 'b', '', 'c', '']) groups.add(item, 1);
  expect(() => groups.add('d', 1)).toThrow(
    expect.objectContaining({
      code: 'not-streamable',
      message:
        'expected only lists of many items to be long, got too much in lists of what belongs together',
    }),
  );
});
