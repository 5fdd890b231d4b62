import { expect, test } from '@jest/globals';
import { limitBytes } from '../../../lib/receive/http/limit-bytes';

test('in no 60 seconds more than the limit passes', () => {
  let now = 0;
  const mayPass = limitBytes(10_000, () => now);
  expect(mayPass(6_000)).toBe(true);
  now = 59_000;
  expect([mayPass(5_000), mayPass(4_500)]).toEqual([false, false]);
  now = 60_000;
  expect([mayPass(6_000), mayPass(6_000)]).toEqual([true, false]);
});

test('the smallest delivery counts 4 KiB', () => {
  const mayPass = limitBytes(10_000, () => 0);
  expect([mayPass(0), mayPass(1), mayPass(1)]).toEqual([true, true, false]);
});
