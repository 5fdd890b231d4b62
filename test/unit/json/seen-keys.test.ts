import { expect, test } from '@jest/globals';
import { SeenKeys } from '../../../lib/json/long/group/seen-keys';

test('each key is new once, however many there are', () => {
  const seen = new SeenKeys();
  const keys = Array.from({ length: 100_000 }, (_, index) => `r${index}`);
  expect(keys.filter((key) => seen.add(key))).toHaveLength(keys.length);
  expect(keys.filter((key) => seen.add(key))).toEqual([]);
  expect(seen.add('')).toBe(true);
  expect(seen.add('')).toBe(false);
  expect(seen.count).toBe(100_001);
});

test('a key that comes again takes no memory', () => {
  const seen = new SeenKeys();
  const before = process.memoryUsage().arrayBuffers;
  for (let times = 0; times < 2_000_000; times++) seen.add('a');
  expect(seen.count).toBe(1);
  // Two million keys would take 22 MB at least.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});
