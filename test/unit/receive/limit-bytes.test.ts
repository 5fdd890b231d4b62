import { expect, test } from '@jest/globals';
import { limitBytes } from '../../../lib/receive/http/limit-bytes';

test('in no 60 seconds more than the limit passes', () => {
  let now = 0;
  const mayPass = limitBytes(10_000, () => now);
  expect(mayPass('a', 6_000)).toBe(true);
  now = 59_000;
  expect([mayPass('a', 5_000), mayPass('a', 4_500)]).toEqual([false, false]);
  now = 60_000;
  expect([mayPass('a', 6_000), mayPass('a', 6_000)]).toEqual([true, false]);
});

test('the smallest delivery counts 4 KiB', () => {
  const mayPass = limitBytes(10_000, () => 0);
  expect([mayPass('a', 0), mayPass('a', 1), mayPass('a', 1)]).toEqual([true, true, false]);
});

test('each source has a limit of its own', () => {
  const mayPass = limitBytes(10_000, () => 0);
  expect(['a', 'a', 'b'].map((source) => mayPass(source, 6_000))).toEqual([true, false, true]);
});
