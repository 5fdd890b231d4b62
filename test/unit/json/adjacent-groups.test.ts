import { expect, test } from '@jest/globals';
import { AdjacentGroups } from '../../../lib/json/long/group/adjacent-groups';
import { NotAdjacent } from '../../../lib/json/long/group/group-buffer';

const by = { key: (item: unknown) => String(item), head: () => null, part: () => 1 };

test('a row is kept in memory as long as it is short', () => {
  const groups = new AdjacentGroups(by, 100);
  for (const item of ['a', 'a', 'b', 'b']) groups.add(item, 60);
  groups.end();
  expect(groups.whole().map(({ items }) => items)).toEqual([
    [
      [null, [1, 1]],
      [null, [1, 1]],
    ],
  ]);
});

test.each([
  ['few that are long', 3, 60],
  ['many that are short', 17, 1],
])('%s in a row are collected in another way', (_, count, length) => {
  const groups = new AdjacentGroups(by, 100);
  for (let item = 1; item < count; item++) groups.add('a', length);
  expect(() => groups.add('a', length)).toThrow(NotAdjacent);
});
