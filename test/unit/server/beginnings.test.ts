import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Beginnings } from '../../../lib/server/beginnings';

test('a request that has arrived whole counts until its end, and a slow sender makes room for it', async () => {
  const beginnings = new Beginnings(100);
  const slow = new AbortController();
  beginnings.begin(slow, 50);
  // Senders are spared for 500 ms.
  await setTimeout(550);
  const end = beginnings.hold(50);
  expect(slow.signal.aborted).toBe(false);
  end();
  beginnings.hold(50);
  expect(slow.signal.aborted).toBe(false);
  beginnings.hold(1);
  expect(slow.signal.aborted).toBe(true);
});

test('a body counts as it grows, and its sender may be the one that is disconnected', async () => {
  const beginnings = new Beginnings(100);
  const stop = new AbortController();
  const beginning = beginnings.begin(stop, 10);
  beginnings.grow(beginning, 60);
  beginnings.grow(beginning, -20);
  await setTimeout(550);
  beginnings.hold(50);
  expect(stop.signal.aborted).toBe(false);
  beginnings.grow(beginning, 1);
  expect(stop.signal.aborted).toBe(true);
});

test('a complete body counts with the bytes that it has, until its end', async () => {
  const beginnings = new Beginnings(100);
  const [slow, complete] = [new AbortController(), new AbortController()];
  beginnings.begin(slow, 10);
  const beginning = beginnings.begin(complete, 40);
  beginnings.settle(beginning);
  beginnings.grow(beginning, 1_000);
  await setTimeout(550);
  beginnings.hold(50);
  expect(slow.signal.aborted).toBe(false);
  beginnings.end(beginning);
  beginnings.end(beginning);
  beginnings.hold(40);
  expect(slow.signal.aborted).toBe(false);
  beginnings.hold(1);
  expect([slow.signal.aborted, complete.signal.aborted]).toEqual([true, false]);
});
