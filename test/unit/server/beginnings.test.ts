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
