import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { json } from '../../../lib/receive/http/answer';
import { createHttpServer } from '../../../lib/server/http-server';
import { createTelemetry } from '../../../lib/telemetry';

/** More than the buffers of two sockets hold. */
const BODY_BYTES = 50_000_000;
const CHUNK = Buffer.alloc(65_536, 'x');

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A server that answers before it has read the body. */
async function answerEarly(status: number, isReady: boolean): Promise<void> {
  server = createHttpServer(async () => json(status, { title: 'early' }), {
    isReady: () => isReady,
    passesPrecheck: () => false,
    maxBodyBytes: 100_000_000,
    memoryBytes: 1_000_000,
    telemetry: createTelemetry('test', () => {}),
    trustedProxies: 0,
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
}

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
