import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { OF_THE_FUNCTIONS } from '../../lib/config/read-serve-config';
import { fails, takes } from '../support/aws-proxy';
import { type StartedServe, startServe, stopServers } from '../support/faces';
import { deliverLarge, v2Row } from '../support/large-bodies';
import { drain } from '../support/read-queues';
import { deliver, send, sign } from '../support/send';
import { childrenOf } from '../support/start-receiver';

const ROOT = join(__dirname, '../..');
const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };

afterEach(stopServers);

const get = (server: StartedServe, path: string) => send(server.url, { method: 'GET', path });

/** Writes bytes to the server and keeps the connection. */
function hold(server: StartedServe, text: string) {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  return socket;
}

test('live and ready; at shutdown live but not ready, until it is drained', async () => {
  const server = await startServe({ LABELRELAY_DRAIN_SECONDS: '3' });
  expect((await get(server, '/health')).status).toBe(200);
  expect((await get(server, '/ready')).json).toEqual({ status: 'ready' });
  const exited = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  while (!server.output().stdout.includes('"stopping"')) await setTimeout(20);
  const answer = await get(server, '/ready');
  expect([answer.status, answer.json]).toEqual([503, { status: 'stopping' }]);
  expect(answer.headers.connection).toBe('close');
  expect((await get(server, '/health')).status).toBe(200);
  expect((await deliver(server.url, move)).status).toBe(202);
  expect(await exited).toEqual([0, null]);
  expect(await drain(server.aws)).toHaveLength(1);
});

test('requests that are running at shutdown are finished', async () => {
  const server = await startServe();
  server.proxy.fault = (call) => (call === 'SendMessageBatch' ? takes(1_000) : undefined);
  const answer = deliver(server.url, move);
  await setTimeout(300);
  const exited = once(server.process, 'exit');
  server.process.kill('SIGTERM');
  expect((await answer).status).toBe(202);
  expect(await exited).toEqual([0, null]);
  expect(await drain(server.aws)).toHaveLength(1);
});

test('so is a large delivery of which events are made, where all processes hear the signal', async () => {
  const server = await startServe({ LABELRELAY_STREAM_ABOVE_BYTES: '65536' });
  server.proxy.fault = (call) => (call === 'SendMessageBatch' ? takes(1_000) : undefined);
  expect((await deliverLarge(server.url, v2Row(200_000))).json.held).toBe(true);
  while (!server.proxy.calls.includes('SendMessageBatch')) await setTimeout(20);
  const closed = once(server.process, 'close');
  for (const pid of childrenOf(server.process)) process.kill(pid, 'SIGTERM');
  server.process.kill('SIGTERM');
  expect(await closed).toEqual([0, null]);
  expect(await drain(server.aws)).toHaveLength(1);
  const lines = server.output().stdout.trim().split('\n');
  expect(lines.slice(-3).map((line) => JSON.parse(line))).toMatchObject([
    { message: 'stopping' },
    { message: 'held delivery delivered', events: 1, Redelivered: 1 },
    { message: 'stopped' },
  ]);
});

test('secrets are in Secrets Manager, and no variable gives one', async () => {
  const server = await startServe({ LABELBOX_WEBHOOK_SECRET: 'from-the-environment' });
  const signed = (secret?: string) => ({ 'x-hub-signature': sign(JSON.stringify(move), secret) });
  expect((await deliver(server.url, move, signed('from-the-environment'))).status).toBe(401);
  expect((await deliver(server.url, move, signed())).status).toBe(202);
  expect(server.proxy.calls).toContain('GetSecretValue');
});

/** So many events that they are held. */
const moves = { ...move, dataRowIds: Array.from({ length: 400 }, (_, row) => String(row)) };

test('it redelivers held deliveries', async () => {
  const server = await startServe();
  expect((await deliver(server.url, moves)).json.held).toBe(true);
  while (!server.output().stdout.includes('held delivery delivered')) await setTimeout(50);
  expect(await drain(server.aws)).toHaveLength(400);
});

test('with LABELRELAY_REDELIVERS=false it leaves that to the function', async () => {
  const server = await startServe({ LABELRELAY_REDELIVERS: 'false' });
  expect((await deliver(server.url, moves)).json.held).toBe(true);
  expect(childrenOf(server.process)).toEqual([]);
  await setTimeout(500);
  expect(server.proxy.calls.filter((call) => /^(GET|LIST) /.test(call))).toEqual([]);
});

test('very slow senders do not block others', async () => {
  const server = await startServe({ LABELRELAY_MEMORY_BYTES: String(4 * 1_048_576) });
  // Without credentials nobody gets room: these are made up.
  const signature = `X-Hub-Signature: sha1=${'0'.repeat(40)}`;
  const head = `POST /webhooks/labelbox HTTP/1.1\r\nHost: x\r\n${signature}\r\nContent-Length: 2000000\r\n\r\n`;
  // Two have room, the others wait for it.
  const slow = Array.from({ length: 50 }, () => hold(server, head + 'x'.repeat(100_000)));
  for (const socket of slow) socket.on('error', () => {});
  const trickle = setInterval(() => {
    for (const socket of slow) if (!socket.destroyed) socket.write('x');
  }, 200);
  for (let count = 0; count < 10; count++) {
    expect((await deliver(server.url, move)).status).toBe(202);
  }
  clearInterval(trickle);
  for (const socket of slow) socket.destroy();
});

test('the address behind a proxy is the one that the proxy tells', async () => {
  const server = await startServe({
    LABELRELAY_ALLOW_LISTS: '{"labelbox": ["192.0.2.0/24"]}',
    LABELRELAY_TRUSTED_PROXIES: '1',
  });
  const from = async (address: string) =>
    (await deliver(server.url, move, { 'x-forwarded-for': address })).status;
  expect(await from('192.0.2.7')).toBe(202);
  // The sender wrote the first, the proxy added the second.
  expect(await from('192.0.2.7, 198.51.100.1')).toBe(401);
  expect((await deliver(server.url, move)).status).toBe(401);
});

test('deliveries of 64 senders share calls to SQS, and those of one sender do not wait', async () => {
  const server = await startServe();
  server.proxy.fault = (call) => (call === 'SendMessageBatch' ? takes(20) : undefined);
  const callsOf = async (senders: number, each: number): Promise<number> => {
    const before = server.proxy.calls.length;
    const sender = async (_: unknown, name: number): Promise<void> => {
      for (let count = 0; count < each; count++) {
        const dataRowIds = [`${senders}-${name}-${count}`];
        expect((await deliver(server.url, { ...move, dataRowIds })).status).toBe(202);
      }
    };
    await Promise.all(Array.from({ length: senders }, sender));
    return server.proxy.calls.slice(before).filter((call) => call === 'SendMessageBatch').length;
  };
  expect(await callsOf(1, 5)).toBe(5);
  // On a busy machine the senders of this test are slow. On a quiet one, six messages and more are in a call.
  expect(await callsOf(64, 5)).toBeLessThanOrEqual((64 * 5) / 2);
  const rows = (await drain(server.aws)).map(({ event }) => event.data.dataRow.id);
  expect([rows.length, new Set(rows).size]).toEqual([5 + 64 * 5, 5 + 64 * 5]);
});

test('one queue that refuses an entry holds that delivery, and accepts those that came with it', async () => {
  const server = await startServe();
  server.proxy.fault = (call, body) => {
    if (call !== 'SendMessageBatch') return undefined;
    return body.includes('row-bad') ? fails : takes(20);
  };
  const answers = await Promise.all(
    ['row-1', 'row-2', 'row-bad', 'row-3'].map((row) =>
      deliver(server.url, { ...move, dataRowIds: [row] }),
    ),
  );
  expect(answers.map(({ json }) => json.held ?? false)).toEqual([false, false, true, false]);
});

test('it warns of variables of the functions that are not set', async () => {
  const warned = async (environment: NodeJS.ProcessEnv) => {
    const server = await startServe(environment);
    server.process.kill('SIGTERM');
    await once(server.process, 'close');
    const lines = server.output().stdout.trim().split('\n');
    return lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 'warn');
  };
  const told = Object.fromEntries(OF_THE_FUNCTIONS.map((name) => [name, '']));
  expect(await warned(told)).toEqual([]);
  const unset = ['LABELRELAY_ROUTES', 'LABELRELAY_ALLOW_LISTS'];
  const others = Object.fromEntries(unset.map((name) => [name, undefined]));
  expect(await warned({ ...told, ...others })).toMatchObject([
    { message: 'variables are not set', variables: unset },
  ]);
});

test('its files need no others, and names every mistake in its configuration', () => {
  const image = mkdtempSync(join(tmpdir(), 'labelrelay-'));
  cpSync(join(ROOT, 'dist/server'), image, { recursive: true });
  const result = spawnSync(process.execPath, ['index.js'], {
    cwd: image,
    env: {
      ...process.env,
      HOST: 'no address',
      PORT: 'http',
      LABELRELAY_MEMORY_BYTES: '5',
      LABELRELAY_REDELIVERS: 'sometimes',
      LABELRELAY_TRUSTED_PROXIES: '-1',
      LABELRELAY_DRAIN_SECONDS: 'long',
    },
    encoding: 'utf8',
    timeout: 120_000,
  });
  rmSync(image, { recursive: true });
  expect(result.status).toBe(1);
  expect(result.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^LABELRELAY_QUEUE_URL_BASE: expected the URL of a queue without its name/,
    ),
    'HOST: expected an address to listen on, got "no address"',
    'PORT: expected a whole number from 0 to 65535, got "http"',
    'LABELRELAY_REDELIVERS: expected true or false, got "sometimes"',
    'LABELRELAY_MEMORY_BYTES: expected a whole number from 1048576 to 17179869184, got "5"',
    'LABELRELAY_TRUSTED_PROXIES: expected a whole number from 0 to 10, got "-1"',
    'LABELRELAY_DRAIN_SECONDS: expected a whole number from 0 to 600, got "long"',
  ]);
});
