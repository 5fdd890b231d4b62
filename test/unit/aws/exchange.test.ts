import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { CALL_MS, createExchange } from '../../../lib/aws/client/exchange';

const servers = new Set<Server>();
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close();
});

/** Calls a server that does this with each connection on which a request has come. */
async function call(answer: (socket: Socket) => void, host = '127.0.0.1') {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  servers.add(server);
  await once(server.listen(0, host), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const { exchange } = createExchange(new URL(url));
  const began = performance.now();
  try {
    const { statusCode, body } = await exchange({
      method: 'POST',
      path: '/',
      headers: { host: 'sqs' },
      body: Buffer.from('{}'),
    });
    return { status: statusCode, body };
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException;
    return { name, code, ms: performance.now() - began };
  }
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

test('an answer is read whole, also behind others that come before it', async () => {
  expect(await call((socket) => socket.write(OK))).toEqual({ status: 200, body: '{}' });
  const early = 'HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n';
  expect(await call((socket) => socket.write(early + OK))).toEqual({ status: 200, body: '{}' });
});

test('a server with an IPv6 address is called', async () => {
  expect(await call((socket) => socket.write(OK), '::1')).toEqual({ status: 200, body: '{}' });
});

const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n';
const PART = 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{';

test.each<[string, (socket: Socket) => void]>([
  ['switches protocols', (socket) => socket.write(SWITCH)],
  ['switches protocols and goes on', (socket) => socket.write(SWITCH + OK)],
  ['ends the connection', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
  ['ends the connection within the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nCont')],
  ['ends the connection within the body', (socket) => socket.end(PART)],
  [
    'resets the connection within the body',
    (socket) => {
      socket.write(PART, () => setTimeout(() => socket.resetAndDestroy(), 50));
    },
  ],
  [
    'ends a body of chunks too early',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{'),
  ],
  ['says something else than HTTP', (socket) => socket.write('SSH-2.0-x\r\n')],
  ['says nothing', () => {}],
])('a call ends when the other side %s', async (_, answer) => {
  const { name, code, ms = CALL_MS } = await call(answer);
  expect([name, code]).toContainEqual(expect.stringMatching(/TimeoutError|ECONNRESET|^HPE_/));
  expect(ms).toBeLessThan(CALL_MS);
});

test('an answer that only seems to switch protocols is an answer', async () => {
  const answered = await call((socket) => socket.write('HTTP/1.1 101 x\r\n\r\n'));
  expect(answered).toEqual({ status: 101, body: '' });
});

test.each<[string, string, string]>([
  ['an answer that never ends', PART, ' '],
  ['answers that are not the last', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('a call ends beside %s', async (_, first, then) => {
  const result = await call((socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(then), 900);
    socket.once('close', () => clearInterval(timer));
  });
  expect(result.name).toBe('TimeoutError');
  expect(result.ms).toBeGreaterThanOrEqual(CALL_MS - 50);
});
