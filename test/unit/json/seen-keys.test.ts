import { expect, test } from '@jest/globals';
import { SeenKeys } from '../../../lib/json/long/group/seen-keys';

test('each key is new once, however many there are', () => {
  const seen = new SeenKeys();
  const keys = Array.from({ length: 100_000 }, (_, index) => `r${index}`);
  expect(keys.filter((key) => seen.add(key))).toHaveLength(keys.length);
  expect(keys.filter((key) => seen.add(key))).toEqual([]);
  expect(seen.add('')).toBe(true);
  expect(seen.add('')).toBe(false);
});
