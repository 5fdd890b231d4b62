import { expect, test } from '@jest/globals';
import { compareNames, rowOrder } from '../../../lib/label-store/place';

test('numbers sort by value, however many digits they have, and before other ids', () => {
  const ids = [
    '0',
    '9',
    '10',
    '99',
    '999999999',
    '1000000000',
    `1${'0'.repeat(98)}`,
    '-1',
    'a',
    'a b',
  ];
  const shuffled = [...ids].reverse();
  expect(shuffled.sort((a, b) => compareNames(rowOrder(a), rowOrder(b)))).toEqual(ids);
});
