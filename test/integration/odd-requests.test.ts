import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SECRET, type StartedServe, startServe, stopServers } from '../support/faces';
import { deliver, sign } from '../support/send';

const LIMIT = 100_000;
let server: StartedServe;
beforeAll(async () => {
  server = await startServe({
    LABELRELAY_MAX_BODY_BYTES: String(LIMIT),
    LABELRELAY_ALLOW_LISTS: '{"team-b": ["192.0.2.0/24"]}',
    LABELRELAY_TRUSTED_PROXIES: '1',
  });
});
afterAll(stopServers);

const BODY = '{"action":"APPROVE","projectId":"p","dataRowIds":["a"]}';
const SIGNED = `X-Hub-Signature: ${sign(BODY)}\r\n`;
const LENGTH = `Content-Length: ${BODY.length}\r\n`;
const MANY_LINES = 'a:\r\n'.repeat(2_500);
const POST = 'POST /webhooks/labelbox HTTP/1.1\r\n';

/** Writes bytes. @returns the statuses of all answers that came within a second of silence */
async function exchange(...texts: string[]): Promise<number[]> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let answers = '';
  socket.on('error', () => {});
  socket.on('data', (bytes) => (answers += bytes));
  for (const text of texts) {
    socket.write(text);
    await setTimeout(50);
  }
  for (let seen = -1; seen < answers.length || answers === ''; await setTimeout(500)) {
    seen = answers.length;
    if (socket.destroyed) break;
  }
  socket.destroy();
  return [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
}

const chunked = (text: string): string =>
  `${[...text].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`;

test.each<[string, string[], number[]]>([
  [
    'an absolute-form target',
    [`POST http://x/webhooks/labelbox HTTP/1.1\r\nHost: x\r\n${SIGNED}${LENGTH}\r\n${BODY}`],
    [202],
  ],
  [
    'one byte a chunk',
    [`${POST}Host: x\r\n${SIGNED}Transfer-Encoding: chunked\r\n\r\n${chunked(BODY)}`],
    [202],
  ],
  [
    'one byte a chunk, with trailers',
    [
      `${POST}Host: x\r\n${SIGNED}Trailer: X-Hub-Signature\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(BODY).slice(0, -2)}X-Hub-Signature: sha1=x\r\n\r\n`,
    ],
    [202],
  ],
  [
    'a length behind 2,500 lines',
    [`${POST}Host: x\r\n${SIGNED}${MANY_LINES}${LENGTH}\r\n${BODY}`],
    [202],
  ],
  [
    'a signature behind 2,500 lines',
    [`${POST}Host: x\r\n${MANY_LINES}${LENGTH}${SIGNED}\r\n${BODY}`],
    [202],
  ],
  [
    'chunks behind 2,500 lines',
    [`${POST}Host: x\r\n${SIGNED}${MANY_LINES}Transfer-Encoding: chunked\r\n\r\n${chunked(BODY)}`],
    [202],
  ],
  [
    'a length over the limit behind 2,500 lines',
    [`${POST}Host: x\r\n${SIGNED}${MANY_LINES}Content-Length: ${LIMIT + 1}\r\n\r\n`],
    [413],
  ],
  [
    'a second signature behind 2,500 lines',
    [`${POST}Host: x\r\n${SIGNED}${MANY_LINES}${SIGNED}${LENGTH}\r\n${BODY}`],
    [401],
  ],
  [
    'a second authorization',
    [
      `POST /webhooks/label-studio HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${SECRET}\r\nAuthorization: Bearer x\r\n${LENGTH}\r\n${BODY}`,
    ],
    [401],
  ],
  [
    'a proxy that tells the address behind 2,500 lines',
    [
      `POST /webhooks/team-b HTTP/1.1\r\nHost: x\r\nX-Hub-Signature: ${sign(BODY, 'team:secret')}\r\nX-Forwarded-For: 192.0.2.7\r\n${MANY_LINES}X-Forwarded-For: 198.51.100.1\r\n${LENGTH}\r\n${BODY}`,
    ],
    [401],
  ],
  ['two lengths', [`${POST}Host: x\r\n${SIGNED}${LENGTH}${LENGTH}\r\n${BODY}`], [400]],
  [
    'a length and chunks',
    [`${POST}Host: x\r\n${SIGNED}${LENGTH}Transfer-Encoding: chunked\r\n\r\n${chunked(BODY)}`],
    [400],
  ],
  ['HTTP/1.0', [`POST /webhooks/labelbox HTTP/1.0\r\n${SIGNED}${LENGTH}\r\n${BODY}`], [202]],
  [
    'Expect: 100-continue',
    [`${POST}Host: x\r\n${SIGNED}${LENGTH}Expect: 100-continue\r\n\r\n`, BODY],
    [100, 202],
  ],
  [
    'an upgrade',
    [
      `${POST}Host: x\r\n${SIGNED}${LENGTH}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n${BODY}`,
    ],
    [202],
  ],
  [
    'a head in pieces',
    [...(`${POST}Host: x\r\n${SIGNED}${LENGTH}\r\n`.match(/.{1,40}/gs) ?? []), BODY],
    [202],
  ],
  [
    'two requests at once',
    [`${POST}Host: x\r\n${SIGNED}${LENGTH}\r\n${BODY}`.repeat(2)],
    [202, 202],
  ],
  [
    'two requests at once, one byte a chunk',
    [`${POST}Host: x\r\n${SIGNED}Transfer-Encoding: chunked\r\n\r\n${chunked(BODY)}`.repeat(2)],
    [202, 202],
  ],
  [
    'a request behind one whose body is too large',
    [
      `${POST}Host: x\r\nContent-Length: ${LIMIT + 1}\r\n\r\n${'x'.repeat(LIMIT + 1)}${POST}Host: x\r\n${SIGNED}${LENGTH}\r\n${BODY}`,
    ],
    [413, 202],
  ],
  [
    'a header named __proto__',
    [`${POST}Host: x\r\n__proto__: x\r\n${SIGNED}${LENGTH}\r\n${BODY}`],
    [202],
  ],
])('%s is answered', async (_, texts, statuses) => {
  expect(await exchange(...texts)).toEqual(statuses);
  // And nothing else has come to harm.
  expect(
    (await deliver(server.url, JSON.parse(BODY), { 'x-forwarded-for': '192.0.2.7' })).status,
  ).toBe(202);
});
