import { once } from 'node:events';
import { type ClientRequest, type RequestOptions, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { json } from '../../../lib/receive/http/answer';
import { createHttpServer } from '../../../lib/server/http-server';
import { createTelemetry } from '../../../lib/telemetry';

/** The header with the length of a body; none for a chunked one. */
const CHUNKED = { 'transfer-encoding': 'chunked' };

let server: Server;
let lines: string[];
let release: () => void;
beforeEach(async () => {
  lines = [];
  const released = new Promise<void>((resolve) => (release = resolve));
  server = createHttpServer(
    async ({ body }) => json(200, { bytes: body instanceof Uint8Array ? body.length : body }),
    {
      isReady: () => true,
      passesPrecheck: ({ headers }) => headers['x-stranger'] === undefined,
      maxBodyBytes: 1_000_000,
      // Three quarters of it are for bodies of medium size: one of 150,000 bytes.
      memoryBytes: 200_000,
      waitMs: 300,
      pace: { bytesPerSecond: 1_000, graceMs: 1_500 },
      telemetry: createTelemetry('test', (line) => lines.push(line)),
      trustedProxies: 0,
      large: {
        aboveBytes: 200_000,
        atOnce: 2,
        waitMs: 300,
        async receive({ body }) {
          let bytes = 0;
          for await (const chunk of body) bytes += chunk.length;
          await released;
          return json(200, { large: bytes });
        },
      },
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  release();
  server.closeAllConnections();
  server.close();
});

async function post(
  bytes: number,
  headers: Record<string, string> = {},
  options: RequestOptions = {},
) {
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', headers, ...options });
  outgoing.end(Buffer.alloc(bytes, 'x'));
  const [response] = await once(outgoing, 'response');
  return { status: response.statusCode, json: JSON.parse(await text(response)) };
}

/** A sender that says how much it sends, and does not go on after so many bytes. */
function begin(length: number, sent: number, options: RequestOptions = {}): ClientRequest {
  const { port } = server.address() as AddressInfo;
  const outgoing = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    ...options,
    headers: { 'content-length': String(length), ...options.headers },
  });
  outgoing.on('error', () => {});
  outgoing.write(Buffer.alloc(sent, 'x'));
  return outgoing;
}

test('each takes its way by its length, said or not', async () => {
  release();
  for (const headers of [{}, CHUNKED]) {
    expect((await post(10, headers)).json).toEqual({ bytes: 10 });
    expect((await post(150_000, headers)).json).toEqual({ bytes: 150_000 });
    expect((await post(300_000, headers)).json).toEqual({ large: 300_000 });
  }
  expect((await post(1_000_001)).json).toEqual({ bytes: 'too-large' });
});

/** From another address than the usual. */
const OTHER = { localAddress: '127.0.0.2' };

test('a sender that finds no place is asked to retry, and counted', async () => {
  const others = [post(300_000), post(300_000, {}, OTHER)];
  await setTimeout(100);
  const third = await post(300_000);
  expect([third.status, third.json.title]).toEqual([503, expect.stringMatching(/again/)]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', status: 503, Unavailable: 1 }),
  ]);
  // The wait is part of the time to the answer.
  const { ms, AnswerMilliseconds } = JSON.parse(lines[0] ?? '');
  expect(Math.min(ms, AnswerMilliseconds)).toBeGreaterThanOrEqual(290);
  release();
  for (const { status } of await Promise.all(others)) expect(status).toBe(200);
});

test('one address has half of the places, and leaves the others to others', async () => {
  const first = post(300_000);
  await setTimeout(50);
  const second = post(300_000);
  const other = post(300_000, {}, OTHER);
  expect((await second).status).toBe(503);
  release();
  expect([(await first).status, (await other).status]).toEqual([200, 200]);
});

test('bytes of a large body count until there is a place for the rest', async () => {
  const first = post(300_000);
  const waiting = post(300_000, CHUNKED);
  await setTimeout(100);
  // Its beginning takes all memory; small ones need none.
  expect((await post(60_000, CHUNKED)).json).toEqual({ bytes: 60_000 });
  const order: string[] = [];
  const medium = post(150_000).then(({ status }) => order.push(`medium: ${status}`));
  await waiting.then(({ status }) => order.push(`large: ${status}`));
  await medium;
  expect(order).toEqual(['large: 503', 'medium: 200']);
  release();
  expect((await first).status).toBe(200);
});

test('a request that cannot be authentic takes no room, and is answered at once', async () => {
  // It sends what needs no room, and no more.
  const outgoing = begin(200_000, 70_000, { headers: { 'x-stranger': 'yes' } });
  const [response] = await once(outgoing, 'response');
  expect(JSON.parse(await text(response))).toEqual({ bytes: 0 });
  outgoing.destroy();
});

test.each([
  ['memory', 150_000],
  ['a place', 300_000],
])(
  'a sender that holds %s and falls behind is disconnected, and the next one has its room',
  async (_, bytes) => {
    release();
    const slow = begin(bytes, 70_000, OTHER);
    const answered = once(slow, 'response');
    const trickle = setInterval(() => slow.write('x'), 20);
    const [response] = await answered;
    clearInterval(trickle);
    expect([response.statusCode, response.headers.connection]).toEqual([408, 'close']);
    expect((await post(bytes, {}, OTHER)).status).toBe(200);
    slow.destroy();
  },
);

test('a sender that has sent next to nothing has no place', async () => {
  release();
  const slow = [begin(300_000, 1), begin(300_000, 1)];
  await setTimeout(50);
  expect((await post(300_000)).json).toEqual({ large: 300_000 });
  for (const outgoing of slow) outgoing.destroy();
});

test('a sender that goes away leaves the queue', async () => {
  const first = post(300_000);
  await setTimeout(50);
  lines = [];
  const gone = begin(300_000, 70_000);
  await setTimeout(50);
  gone.destroy();
  // Its wait would take longer.
  await setTimeout(100);
  expect(lines.map((line) => JSON.parse(line).status)).toContain(400);
  release();
  expect((await first).status).toBe(200);
});

test('a sender that goes away before the end is logged', async () => {
  const outgoing = begin(1_000, 1);
  await setTimeout(100);
  outgoing.destroy();
  while (lines.length === 0) await setTimeout(10);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', status: 400 });
});
