import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { fails, hangs, takes } from '../support/aws-proxy';
import { SECRET, type StartedLambda, startLambda } from '../support/faces';
import {
  deleteObjects,
  drain,
  listObjects,
  type Received,
  readObject,
} from '../support/read-queues';
import { deliver, send } from '../support/send';

const QUEUES = ['task-created', 'train', 'audit', 'workflow-action'];
const BUCKET = 's3://labelrelay-dev-deliveries';
const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };
const training = { action: 'START_TRAINING', project: { id: 1, title: 'p' } };
const BEARER = { authorization: `Bearer ${SECRET}` };

let lambda: StartedLambda;
beforeAll(async () => {
  // For the test of a body that takes long to normalize.
  const LABELRELAY_MAX_BODY_BYTES = '8000000';
  const LABELRELAY_ROUTES = '{"training.requested":["train","audit"]}';
  lambda = await startLambda({ LABELRELAY_ROUTES, LABELRELAY_MAX_BODY_BYTES });
});
afterAll(() => lambda.stop());
/** Each test begins with nothing stored, and nothing cached. */
beforeEach(async () => {
  lambda.proxy.fault = () => undefined;
  lambda.redeliversAtOnce = true;
  await deleteObjects(lambda.aws);
  await drain(lambda.aws, QUEUES);
  await lambda.coldStart();
});

const studio = (body: object | string, path = '/webhooks/label-studio') =>
  send(lambda.url, {
    path,
    headers: BEARER,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const queuesAreDown = (call: string) => (call === 'SendMessageBatch' ? fails : undefined);

/** Reads until as many events have come, or ten seconds have passed. */
async function arrivals(count: number, queues?: string[]): Promise<Received[]> {
  const received: Received[] = [];
  for (const end = Date.now() + 10_000; received.length < count && Date.now() < end; ) {
    received.push(...(await drain(lambda.aws, queues)));
    if (received.length < count) await setTimeout(50);
  }
  return received;
}

test('5,000 tasks in one delivery: held before any is sent, and each arrives once', async () => {
  lambda.proxy.fault = (call) => (call === 'SendMessageBatch' ? takes(20) : undefined);
  await studio(training, '/training/label-studio/webhook');
  await drain(lambda.aws, ['train', 'audit']);
  lambda.proxy.calls.length = 0;

  // About 500 bytes each, 2.5 MB together.
  const tasks = Array.from({ length: 5_000 }, (_, id) => ({
    id,
    data: { image: `https://example.com/${'x'.repeat(380)}/${id}.jpg` },
    created_at: '2026-03-02T10:41:55.287310Z',
    project: 3,
  }));
  const began = performance.now();
  const answer = await studio({ action: 'TASKS_CREATED', tasks, project: { id: 3, title: 'p' } });
  const took = performance.now() - began;
  expect([answer.status, answer.json]).toEqual([
    202,
    { id: expect.any(String), events: 5_000, held: true },
  ]);
  // To send them would take 500 calls of 20 ms, 16 at a time.
  const [first] = lambda.proxy.calls.filter((call) => /^(PUT|SendMessage)/.test(call));
  expect(first).toBe('PUT held/verified');
  expect(took).toBeLessThan(3_000);

  const received = await arrivals(5_000, ['task-created']);
  expect(received).toHaveLength(5_000);
  expect(new Set(received.map(({ event }) => event.id)).size).toBe(5_000);
  expect(new Set(received.map(({ event }) => event.data.task.id)).size).toBe(5_000);
  expect(await listObjects(lambda.aws, 'held/')).toEqual([]);
});

test('a body that takes long to normalize is held before that', async () => {
  lambda.redeliversAtOnce = false;
  // 500 ms at 8 KiB a millisecond are 4,096,000 bytes.
  const body = JSON.stringify({ ...training, note: 'x'.repeat(4_100_000) });
  const path = '/webhooks/label-studio';
  const answer = await send(lambda.url, { path, headers: BEARER, body });
  expect([answer.status, answer.json]).toEqual([202, { id: expect.any(String), held: true }]);
  await lambda.redeliver();
  expect((await drain(lambda.aws, ['train'])).length).toBeGreaterThan(0);
});

// Our share of the time that a sender waits is a half. A client waits two seconds for an answer, three times.
describe.each<[string, number, number, () => Promise<{ status: number }>]>([
  ['Label Studio, which gives up after a second', 500, 1_900, () => studio(training)],
  ['Labelbox, which gives up after five', 2_500, 5_000, () => deliver(lambda.url, move)],
])('%s', (_, oursMs, limitMs, sendIt) => {
  test.each([
    ['a queue hangs', 'SendMessageBatch'],
    ['the secret store hangs', 'GetSecretValue'],
  ])('is answered in time while %s', async (_, broken) => {
    lambda.redeliversAtOnce = false;
    lambda.proxy.fault = (call) => (call === broken ? hangs : undefined);
    const { length } = lambda.output();
    const began = performance.now();
    expect((await sendIt()).status).toBe(202);
    expect(performance.now() - began).toBeLessThan(limitMs);
    const told = () => lambda.output().slice(length);
    while (!told().includes('"delivery held')) await setTimeout(5);
    expect(told()).toContain(`expected at most ${oursMs} ms while the sender waits, got no answer`);
  });
});

test('occurrences that look the same stay two, and keep their ids over redelivery', async () => {
  lambda.redeliversAtOnce = false;
  // The queue train takes them at once, the queue audit after redelivery alone.
  lambda.proxy.fault = (call, body) =>
    call === 'SendMessageBatch' && body.includes('-audit"') ? fails : undefined;
  for (let start = 0; start < 2; start++) await studio(training, '/training/label-studio/webhook');
  const first = (await drain(lambda.aws, ['train'])).map(({ event }) => event.id).sort();
  expect(new Set(first).size).toBe(2);

  lambda.proxy.fault = () => undefined;
  await lambda.redeliver();
  for (const queue of ['train', 'audit']) {
    const ids = (await drain(lambda.aws, [queue])).map(({ event }) => event.id).sort();
    expect(ids).toEqual(first);
  }
});

test('the exact bytes are held, without the credential', async () => {
  lambda.redeliversAtOnce = false;
  lambda.proxy.fault = queuesAreDown;
  const body = '{ "action":"PROJECT_UPDATED" ,"project":{"id":1}}';
  const path = '/webhooks/label-studio';
  for (const headers of [BEARER, { 'x-webhook-secret': SECRET }]) {
    expect((await send(lambda.url, { path, headers, body })).json.held).toBe(true);
  }
  for (const key of await listObjects(lambda.aws, 'held/verified/')) {
    const record = (await readObject(lambda.aws, `${BUCKET}/${key}`)).toString();
    const [head = '', held, end] = record.split('\n');
    expect(held).toBe(body);
    // Verified, and the id.
    expect(end).toMatch(/^v[0-9a-f]{32}$/);
    expect(head).not.toMatch(/secret|authorization|bearer/i);
    expect(JSON.parse(head).proofs).toEqual([]);
  }
});

test('held unverified, a shared secret is a salted hash', async () => {
  lambda.redeliversAtOnce = false;
  lambda.proxy.fault = (call) => (call === 'GetSecretValue' ? fails : undefined);
  const credentials = [
    BEARER,
    { 'x-webhook-secret': SECRET },
    { authorization: `Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}` },
  ];
  const path = '/webhooks/label-studio';
  const body = JSON.stringify(training);
  for (const headers of credentials) await send(lambda.url, { path, headers, body });
  const keys = await listObjects(lambda.aws, 'held/unverified/');
  expect(keys).toHaveLength(3);
  const salts = new Set<string>();
  for (const key of keys) {
    const record = (await readObject(lambda.aws, `${BUCKET}/${key}`)).toString();
    for (const shown of [SECRET, 'Bearer', 'Basic', Buffer.from(SECRET).toString('base64')]) {
      expect(record).not.toContain(shown);
    }
    const [{ salt, digest }] = JSON.parse(record.split('\n')[0] ?? '').proofs;
    expect(digest).toBe(createHash('sha256').update(salt).update(SECRET).digest('hex'));
    salts.add(salt);
  }
  expect(salts.size).toBe(3);
});

test('unverified deliveries are held up to 16 MiB a minute, then answered 503', async () => {
  lambda.redeliversAtOnce = false;
  lambda.proxy.fault = (call) => (call === 'GetSecretValue' ? fails : undefined);
  const megabytes = 'x'.repeat(4 * 1_048_576);
  for (const status of [202, 202, 202, 202, 503]) {
    expect((await deliver(lambda.url, megabytes)).status).toBe(status);
  }
});

test('the setup of an ML backend, which carries an API token, is never held', async () => {
  lambda.proxy.fault = (call) => (call === 'GetSecretValue' ? fails : undefined);
  const answer = await studio({ access_token: 'API-TOKEN' }, '/training/label-studio/setup');
  expect(answer.status).toBe(503);
  expect(await listObjects(lambda.aws, '')).toEqual([]);
});

test('a delivery is redelivered as soon as it is held', async () => {
  let calls = 0;
  lambda.proxy.fault = (call) => (call === 'SendMessageBatch' && calls++ < 3 ? fails : undefined);
  expect((await deliver(lambda.url, move)).json.held).toBe(true);
  expect(await arrivals(1, ['workflow-action'])).toHaveLength(1);
});
