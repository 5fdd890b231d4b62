import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LabelrelayError } from '../../../lib/errors';
import { INFLOW_OPTIONS } from '../../../lib/server/inflow';
import { type Pace, PacedBody } from '../../../lib/server/paced-body';

const HEAD = 'POST / HTTP/1.1\r\nHost: x\r\n';
const PACE: Pace = { bytesPerSecond: 1_000, graceMs: 100 };

let server: Server;
let socket: Socket;
let bodies: PacedBody[];
beforeEach(async () => {
  bodies = [];
  server = createServer(INFLOW_OPTIONS);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
});
afterEach(() => {
  for (const body of bodies) body.close();
  socket.destroy();
  server.closeAllConnections();
  server.close();
});

interface Received {
  readonly body: PacedBody;
  readonly incoming: IncomingMessage;
}

/** Begins a request. @param length of its body; in chunks unless said */
async function receive(
  pace: Pace = PACE,
  length?: number,
  stop = new AbortController(),
): Promise<Received> {
  const framing = length === undefined ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  socket.write(`${HEAD}${framing}\r\n\r\n`);
  const [incoming] = await once(server, 'request');
  const body = new PacedBody(incoming, { pace, stop });
  bodies.push(body);
  return { body, incoming };
}

test('a sender that pauses too long is disconnected, even if it was fast before', async () => {
  const { body } = await receive(PACE, 20_000);
  socket.write(Buffer.alloc(10_000));
  expect(await body.gather(9_999)).toBe(false);
  const began = performance.now();
  await expect(body.gather(10_000)).rejects.toMatchObject({ code: 'too-slow' });
  // The grace, and the time to the next check.
  expect(performance.now() - began).toBeGreaterThan(90);
  expect(performance.now() - began).toBeLessThan(1_000);
});

test('a sender that steadily sends too little is too slow', async () => {
  const { body } = await receive(PACE, 1_000);
  const trickle = setInterval(() => socket.write('x'), 20);
  await expect(body.gather(999)).rejects.toMatchObject({ code: 'too-slow' });
  clearInterval(trickle);
});

test('a sender that keeps pace may go on for ever', async () => {
  const { body } = await receive(PACE, 1_000);
  // 100 bytes every 40 ms are 2,500 a second; together they take longer than the grace.
  for (let count = 1; count <= 8; count++) {
    const next = body.gather(count * 100 - 1);
    await setTimeout(40);
    socket.write(Buffer.alloc(100));
    expect(await next).toBe(false);
  }
});

test('only the time in which we wait for the sender counts', async () => {
  const { body } = await receive(PACE, 3);
  for (let count = 0; count < 3; count++) {
    socket.write('x');
    await setTimeout(80);
    expect(await body.gather(count)).toBe(false);
  }
  expect(await body.gather(3)).toBe(true);
  expect(body.take()).toHaveLength(3);
});

test('the signal ends a body, unless it has come whole', async () => {
  const reason = new LabelrelayError('unavailable', 'expected room');
  const stop = new AbortController();
  const { body } = await receive({ bytesPerSecond: 1, graceMs: 60_000 }, 5, stop);
  const more = body.gather(10);
  await setTimeout(20);
  stop.abort(reason);
  await expect(more).rejects.toBe(reason);
  socket.write('12345');
  await setTimeout(20);

  const late = new AbortController();
  const { body: whole, incoming } = await receive(PACE, 5, late);
  socket.write('12345');
  while (!incoming.complete) {
    await whole.gather(0);
  }
  late.abort(reason);
  expect(await whole.gather(5)).toBe(true);
});

test('a disconnect is noticed', async () => {
  const { body } = await receive(PACE, 5);
  socket.write('123', () => socket.destroy());
  await expect(body.gather(5)).rejects.toMatchObject({ code: 'cut-off' });
});

test('chunks of one byte are the bytes that they carry, and come in large pieces', async () => {
  const text = Array.from({ length: 40_000 }, (_, index) => 'abcdefg'[index % 7]).join('');
  const { body } = await receive({ bytesPerSecond: 1_000, graceMs: 60_000 });
  socket.end(`${[...text].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`);
  const pieces: Uint8Array[] = [];
  for await (const piece of body.rest()) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe(text);
  expect(pieces.length).toBeLessThanOrEqual(2);
});

test('while nobody reads, unread small chunks are not kept in memory', async () => {
  const { body, incoming } = await receive({ bytesPerSecond: 1, graceMs: 60_000 });
  // 9 MB on the wire.
  socket.write('1\r\nx\r\n'.repeat(1_500_000));
  expect(await body.gather(1_000)).toBe(false);
  await setTimeout(1_000);
  // So much is read ahead, and what comes with one read of the socket.
  expect(body.size).toBeLessThan(1_000 + 32_768 + 65_536);
  expect(incoming.readableLength).toBe(0);
});
