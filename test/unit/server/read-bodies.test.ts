import { once } from 'node:events';
import { type ClientRequest, type RequestOptions, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { json } from '../../../lib/receive/answer';
import { createHttpServer } from '../../../lib/server/http-server';
import { createTelemetry } from '../../../lib/telemetry';

/** What a sender says of the length of its body: nothing, in chunks. */
const CHUNKED = { 'transfer-encoding': 'chunked' };

let server: Server;
let lines: string[];
let release: () => void;
beforeEach(async () => {
  lines = [];
  const released = new Promise<void>((resolve) => (release = resolve));
  server = createHttpServer(
    async ({ body, headers }) => ({
      ...json(200, { bytes: body instanceof Uint8Array ? body.length : body }),
      isAuthentic: headers['x-authentic'] !== undefined,
    }),
    {
      isReady: () => true,
      isWelcome: ({ headers }) => headers['x-stranger'] === undefined,
      maxBodyBytes: 1_000_000,
      // One body of those that fit into memory.
      memoryBytes: 200_000,
      patienceMs: 300,
      paces: {
        usual: { bytesPerSecond: 1_000, graceMs: 10_000 },
        crowded: { bytesPerSecond: 1_000_000, graceMs: 100 },
      },
      telemetry: createTelemetry('test', (line) => lines.push(line)),
      trustedProxies: 0,
      large: {
        aboveBytes: 200_000,
        atOnce: 1,
        patienceMs: 300,
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

async function post(bytes: number, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo;
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', headers });
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

test('who finds no room is asked to come again, and counted', async () => {
  const first = post(300_000);
  const second = await post(300_000);
  expect([second.status, second.json.title]).toEqual([503, expect.stringMatching(/again/)]);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', status: 503, Unavailable: 1 }),
  ]);
  // It was there while it waited.
  const { ms, AnswerMilliseconds } = JSON.parse(lines[0] ?? '');
  expect(Math.min(ms, AnswerMilliseconds)).toBeGreaterThanOrEqual(290);
  release();
  expect((await first).status).toBe(200);
});

test('what was read of a large body counts until there is a place for the rest', async () => {
  const first = post(300_000);
  const waiting = post(300_000, CHUNKED);
  await new Promise((resolve) => setTimeout(resolve, 100));
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

test('who cannot be authentic takes no room, and is answered at once', async () => {
  // It sends what needs no room, and no more.
  const outgoing = begin(200_000, 70_000, { headers: { 'x-stranger': 'yes' } });
  const [response] = await once(outgoing, 'response');
  expect(JSON.parse(await text(response))).toEqual({ bytes: 0 });
  outgoing.destroy();
});

test('who holds memory gives way to an address that something authentic came from', async () => {
  const { port } = server.address() as AddressInfo;
  const known = { port, host: '127.0.0.1', localAddress: '127.0.0.2', method: 'POST' };
  const first = request({ ...known, headers: { 'x-authentic': 'yes' } }).end('x');
  await once(first, 'response');

  const headers = { 'content-length': '150000' };
  const stranger = begin(150_000, 70_000);
  const told = once(stranger, 'response');
  const trickle = setInterval(() => stranger.write('x'), 10);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const second = request({ ...known, headers }).end(Buffer.alloc(150_000));
  const [answer] = await once(second, 'response');
  clearInterval(trickle);
  expect([answer.statusCode, (await told)[0].statusCode]).toEqual([200, 503]);
  stranger.destroy();
});

test('while others wait, who hardly sends is cut off, unless it is known', async () => {
  const { port } = server.address() as AddressInfo;
  const from = (localAddress: string) => ({
    port,
    host: '127.0.0.1',
    localAddress,
    method: 'POST',
  });
  await once(
    request({ ...from('127.0.0.2'), headers: { 'x-authentic': 'yes' } }).end('x'),
    'response',
  );
  const headers = { 'content-length': '150000' };
  for (const [address, waiting] of [
    // Who has the room, and how it ends for who waits for it.
    ['127.0.0.3', 200],
    ['127.0.0.2', 503],
  ] as const) {
    const slow = begin(150_000, 70_000, { localAddress: address });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = request({ ...from('127.0.0.4'), headers }).end(Buffer.alloc(150_000));
    // The test may end while the server reads what it did not want.
    next.on('error', () => {});
    const [answer] = await once(next, 'response');
    expect(answer.statusCode).toBe(waiting);
    slow.destroy();
  }
});

test('who has sent next to nothing has no place', async () => {
  release();
  // So that it is not cut off either.
  await post(1, { 'x-authentic': 'yes' });
  const slow = begin(300_000, 1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await post(300_000)).json).toEqual({ large: 300_000 });
  slow.destroy();
});

test('who goes away while it waits waits no more', async () => {
  const first = post(300_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  lines = [];
  const gone = begin(300_000, 70_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  gone.destroy();
  // Its patience would take longer.
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(lines.map((line) => JSON.parse(line).status)).toContain(400);
  release();
  expect((await first).status).toBe(200);
});

test('who goes away before the end is told in the log', async () => {
  const outgoing = begin(1_000, 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  outgoing.destroy();
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', status: 400 });
});
