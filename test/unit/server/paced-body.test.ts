import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { LabelrelayError } from '../../../lib/errors';
import { paced } from '../../../lib/server/paced';

const pace = () => ({ bytesPerSecond: 1_000, graceMs: 100 });

test('who sends nothing for too long is cut off, however much came before', async () => {
  const body = new PassThrough();
  const chunks = paced(body, pace);
  body.write(Buffer.alloc(10_000));
  expect((await chunks.next()).value).toHaveLength(10_000);
  const began = performance.now();
  await expect(chunks.next()).rejects.toMatchObject({ code: 'too-slow' });
  // The grace, and until the next look.
  expect(performance.now() - began).toBeGreaterThan(90);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(body.destroyed).toBe(true);
});

test('who is waited for must keep a pace that came later', async () => {
  const body = new PassThrough();
  let graceMs = 60_000;
  const chunks = paced(body, () => ({ bytesPerSecond: 1_000, graceMs }));
  body.write('x');
  await chunks.next();
  const next = chunks.next();
  await setTimeout(50);
  graceMs = 100;
  await expect(next).rejects.toMatchObject({ code: 'too-slow' });
});

test('who sends a little all the time is too slow all the same', async () => {
  const body = new PassThrough();
  body.on('error', () => {});
  const chunks = paced(body, pace);
  const trickle = setInterval(() => body.write('x'), 20);
  const read = async () => {
    for await (const _ of chunks);
  };
  await expect(read()).rejects.toMatchObject({ code: 'too-slow' });
  clearInterval(trickle);
});

test('who keeps pace may go on for ever', async () => {
  const body = new PassThrough();
  const chunks = paced(body, pace);
  // 100 bytes every 40 ms are 2,500 a second; together they take longer than the grace.
  for (let count = 0; count < 8; count++) {
    const next = chunks.next();
    await setTimeout(40);
    body.write(Buffer.alloc(100));
    expect((await next).done).toBe(false);
  }
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

test('who has to leave ends before its next piece, or with its connection while it sends nothing', async () => {
  const reason = new LabelrelayError('unavailable', 'expected to stay');
  const slowly = () => ({ bytesPerSecond: 1, graceMs: 60_000 });
  const sending = new PassThrough();
  const leave = new AbortController();
  const chunks = paced(sending, slowly, leave.signal);
  sending.write('x');
  await chunks.next();
  leave.abort(reason);
  sending.write('y');
  await expect(chunks.next()).rejects.toBe(reason);
  expect(sending.destroyed).toBe(false);

  const silent = new PassThrough();
  await expect(paced(silent, slowly, leave.signal).next()).rejects.toBe(reason);
  expect(silent.destroyed).toBe(true);
});

test('of who has sent all, the rest is still read', async () => {
  const body = Object.assign(new PassThrough(), { complete: true });
  const chunks = paced(body, pace, AbortSignal.abort(new Error('expected to stay')));
  body.end('x');
  expect((await chunks.next()).value).toHaveLength(1);
  expect((await chunks.next()).done).toBe(true);
});
