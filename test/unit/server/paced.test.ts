import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { paced } from '../../../lib/server/paced';

const pace = () => ({ bytesPerSecond: 1_000, graceMs: 100 });

test('who sends nothing for too long is cut off', async () => {
  const body = new PassThrough();
  const chunks = paced(body, pace);
  // So many are worth another 200 ms.
  body.write(Buffer.alloc(200));
  expect((await chunks.next()).value).toHaveLength(200);
  const began = performance.now();
  await expect(chunks.next()).rejects.toMatchObject({ code: 'too-slow' });
  expect(performance.now() - began).toBeGreaterThan(250);
  expect(body.destroyed).toBe(true);
});

test('only the time that it lets us wait counts', async () => {
  const body = new PassThrough();
  const chunks = paced(body, pace);
  for (let count = 0; count < 3; count++) {
    body.write('x');
    await setTimeout(80);
    expect((await chunks.next()).done).toBe(false);
  }
  body.end();
  expect((await chunks.next()).done).toBe(true);
});
