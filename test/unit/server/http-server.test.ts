import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { json } from '../../../lib/receive/http/answer';
import type { Receiver } from '../../../lib/receive/http/http';
import { createHttpServer, type HttpServerOptions } from '../../../lib/server/http-server';
import { createTelemetry } from '../../../lib/telemetry';

/** More than the buffers of two sockets hold. */
const BODY_BYTES = 50_000_000;
const CHUNK = Buffer.alloc(65_536, 'x');

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function listen(receive: Receiver, options: Partial<HttpServerOptions>): Promise<void> {
  server = createHttpServer(receive, {
    isReady: () => true,
    passesPrecheck: () => false,
    maxBodyBytes: 100_000_000,
    memoryBytes: 1_000_000,
    telemetry: createTelemetry('test', () => {}),
    trustedProxies: 0,
    ...options,
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
}

/** A server that answers before it has read the body. */
const answerEarly = (status: number, isReady: boolean): Promise<void> =>
  listen(async () => json(status, { title: 'early' }), { isReady: () => isReady });

/** Sends as many clients do: it writes the whole body, and only then reads. @throws if it cannot write */
async function writeThenRead(header: string) {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${header}Content-Length: ${BODY_BYTES}\r\n\r\n`);
  for (let left = BODY_BYTES; left > 0; left -= CHUNK.length) {
    if (!socket.write(CHUNK.subarray(0, left))) await once(socket, 'drain');
  }
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  while (!text.endsWith('}')) await once(socket, 'data');
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { socket, head, body: JSON.parse(body) };
}

const CLOSING: [string, { isReady: boolean; header: string; statuses: number[] }][] = [
  ['was too slow', { isReady: true, header: '', statuses: [408] }],
  ['reaches a server that stops', { isReady: false, header: '', statuses: [401, 408, 413] }],
  [
    'asks for a close',
    { isReady: true, header: 'Connection: close\r\n', statuses: [401, 408, 413] },
  ],
];

for (const [name, { isReady, header, statuses }] of CLOSING) {
  test.each(statuses)(
    `a sender that ${name} reads an early %i, then is disconnected`,
    async (status) => {
      await answerEarly(status, isReady);
      const { socket, head, body } = await writeThenRead(header);
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(head).toMatch(/^connection: close$/im);
      expect(body).toEqual({ title: 'early' });
      if (!socket.closed) await once(socket, 'close');
    },
  );
}

test.each([401, 413])(
  'other senders read an early %i, and keep their connection',
  async (status) => {
    await answerEarly(status, true);
    const { socket, head } = await writeThenRead('');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    socket.write('GET /ready HTTP/1.1\r\nHost: x\r\n\r\n');
    const [next] = await once(socket, 'data');
    expect(String(next)).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  },
);

/** A server that answers when `release` is called. @returns the paths it was asked for, and the log */
async function answerLate() {
  const paths: string[] = [];
  const lines: string[] = [];
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const receive: Receiver = async ({ path }) => {
    paths.push(path);
    await released;
    return json(200, { path });
  };
  await listen(receive, { telemetry: createTelemetry('test', (line) => lines.push(line)) });
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {});
  return { socket, paths, lines, release };
}

/** Requests with a body and with none, in turn. */
const requests = (count: number): string =>
  Array.from({ length: count }, (_, index) =>
    index % 2
      ? `GET /${index} HTTP/1.1\r\nHost: x\r\n\r\n`
      : `POST /${index} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello`,
  ).join('');
const FIVE = ['/0', '/1', '/2', '/3', '/4'];

test('four requests may wait behind another, and as many again later', async () => {
  const { socket, paths, release } = await answerLate();
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  const answered = () => [...text.matchAll(/"path":"([^"]*)"/g)].map(([, path]) => path);
  socket.write(requests(5));
  while (paths.length < 5 && !socket.closed) await setTimeout(10);
  release();
  while (answered().length < 5 && !socket.closed) await setTimeout(10);
  socket.write(requests(5));
  while (answered().length < 10 && !socket.closed) await setTimeout(10);
  expect(answered()).toEqual([...FIVE, ...FIVE]);
  socket.destroy();
});

test.each(['at once', 'one after the other'])(
  'a sender of more, %s, is disconnected, and the others are not begun',
  async (how) => {
    const { socket, paths, lines } = await answerLate();
    if (how === 'at once') socket.write(requests(100));
    while (!socket.closed && paths.length < 100) {
      if (how === 'one after the other' && socket.writable) socket.write(requests(1));
      await setTimeout(5);
    }
    expect(paths).toHaveLength(5);
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['sender disconnected']);
  },
);
