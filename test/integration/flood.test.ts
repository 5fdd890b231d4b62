import { afterEach, expect, test } from '@jest/globals';
import { type StartedServer, startServe, startServer, stopServers } from '../support/faces';
import { measureFlood } from '../support/flood';

// FLOODS=all sends all of them, and for longer.

const MB = 1_000_000;
const MIB = 1_048_576;
const IS_LONG = process.env.FLOODS === 'all';
const MADE_UP = `X-Hub-Signature: sha1=${'0'.repeat(40)}\r\n`;
const CHUNKED = 'Transfer-Encoding: chunked\r\n';
/** More lines than Node.js tells of unless it is told to. */
const MANY_LINES = 'a:\r\n'.repeat(2_001);

const head = (lines: string): string =>
  `POST /webhooks/labelbox HTTP/1.1\r\nHost: x\r\n${lines}\r\n`;

const SERVERS: Record<string, [() => Promise<StartedServer>, number]> = {
  'npm run serve': [() => startServe({ LABELRELAY_STREAM_ABOVE_BYTES: String(4 * MIB) }), 16 * MIB],
  'npm start': [() => startServer(), 128 * MIB],
};
const FLOODS: Record<string, string> = {
  'no credentials': head(CHUNKED),
  'made-up credentials': head(MADE_UP + CHUNKED),
  'made-up credentials, behind 2,001 lines': head(MADE_UP + MANY_LINES + CHUNKED),
};

afterEach(stopServers);

test.each(
  Object.entries(SERVERS).flatMap(([name, server]) =>
    Object.entries(FLOODS)
      .slice(IS_LONG ? 0 : -1)
      .map(([flood, text]) => [name, flood, text, ...server] as const),
  ),
)('%s: chunks of one byte, %s, cost what bytes cost', async (_, __, text, start, budget) => {
  const server = await start();
  const measured = await measureFlood(
    server.url,
    server.process.pid ?? 0,
    { connections: 4, bytesPerSecond: MB, head: text, body: '1\r\nx\r\n' },
    { rounds: IS_LONG ? 10 : 3, deliveries: 50 },
  );
  const { quietP95, floodedP95, idle, peak, statuses } = measured;
  expect([...statuses]).toEqual([202]);
  expect(floodedP95).toBeLessThanOrEqual(3 * quietP95);
  expect(peak - idle).toBeLessThanOrEqual(budget + 64 * MB);
});

test.each(Object.entries(SERVERS))(
  '%s: chunks of one byte from many connections at once take no more memory than the budget',
  async (_, [start, budget]) => {
    const server = await start();
    const { idle, peak, statuses } = await measureFlood(
      server.url,
      server.process.pid ?? 0,
      // So much that the next read of each connection is full.
      {
        connections: 64,
        bytesPerSecond: 400 * MB,
        head: head(MADE_UP + CHUNKED),
        body: '1\r\nx\r\n',
      },
      { rounds: 1, deliveries: 20 },
    );
    expect([...statuses]).toEqual([202]);
    expect(peak - idle).toBeLessThanOrEqual(budget + 64 * MB);
  },
);
