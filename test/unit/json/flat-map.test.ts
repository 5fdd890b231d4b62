import { expect, test } from '@jest/globals';
import { flatMap } from '../../../lib/json/flat-map';

test.each([
  ['lists of any length', [[], ['a'], ['b', 'c']]],
  ['values that are no lists', ['a', undefined, null, 0]],
  ['lists in lists, of which one level is flattened', [[['a']], 'b']],
  ['nothing', []],
])('it flattens like an array: %s', (_, lists: unknown[]) => {
  const same = (value: unknown) => value;
  expect(flatMap(lists, same)).toEqual(lists.flatMap(same));
});
