import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { redeliverPorts } from '../../lib/aws/redeliver-ports';
import { readConfig } from '../../lib/config/read-config';
import { sweep } from '../../lib/receive/redeliver/sweep';
import { type Cloud, type CloudReport, startCloud } from '../support/cloud/start-cloud';
import {
  deliverLarge,
  sameBytes,
  sendForged,
  sendPart,
  signLarge,
  v1Label,
  v2Row,
} from '../support/large-bodies';
import { deliver } from '../support/send';
import { childrenOf, type Receiver, startReceiver } from '../support/start-receiver';

const MB = 1_000_000;
const LIMIT = 50 * MB;
const BUCKET = 'labelrelay-dev-deliveries';

let cloud: Cloud;
let receiver: Receiver;
beforeAll(async () => {
  cloud = await startCloud();
  receiver = await start();
});
afterEach(async () => {
  await cloud.tell({ noSecrets: false, noQueues: false, empties: true });
});
afterAll(async () => {
  await receiver.stop();
  cloud.stop();
});

/** The production server, to which little is large. */
const start = (environment = {}) =>
  startReceiver(cloud.url, {
    LABELRELAY_STREAM_ABOVE_BYTES: '65536',
    LABELRELAY_MAX_BODY_BYTES: String(LIMIT),
    ...environment,
  });

/** In place of the one that other tests have: with nothing in its memory yet. */
async function restart(environment = {}): Promise<void> {
  await receiver.stop();
  receiver = await start(environment);
}

/** Reads what comes until so many events have, or half a minute has passed. */
async function arrivals(count: number): Promise<CloudReport['sent'][number][]> {
  const sent = [];
  for (const end = Date.now() + 30_000; sent.length < count && Date.now() < end; ) {
    sent.push(...(await cloud.tell()).sent);
    if (sent.length < count) await setTimeout(50);
  }
  return sent;
}

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of it is written in the test
async function oneEvent(): Promise<any> {
  const [first, ...more] = await arrivals(1);
  expect(more).toEqual([]);
  return JSON.parse(first?.body ?? '{}');
}

async function readObject(uri: string): Promise<{ text: string; digest: string }> {
  const answer = await fetch(uri.replace('s3://', `${cloud.url}/`));
  const bytes = Buffer.from(await answer.arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { text: bytes.toString(), digest };
}

/** The objects in the bucket, without the results of held deliveries. */
const expectNothing = async (): Promise<void> => {
  const { sent, objects, uploads } = await cloud.tell();
  expect({ sent, objects, uploads }).toEqual({ sent: [], objects: {}, uploads: [] });
};

test.each([
  ['a label of the first generation', v1Label, 'label/label-1', 'featureId'],
  ['a row of an export', v2Row, 'project/project-1/data-row/row-1/labels', 'feature_id'],
] as const)('%s: its event, its annotations, their digests', async (_, make, subject, id) => {
  const body = make(20 * MB);
  const idle = receiver.memory().now;
  const answer = await deliverLarge(receiver.url, body, { 'x-labelbox-event': 'LABEL_CREATED' });
  expect([answer.status, answer.json]).toEqual([202, { id: expect.any(String), held: true }]);

  const event = await oneEvent();
  expect(event).toMatchObject({ type: 'labelrelay.label.created', subject });
  const data = await readObject(event.dataref);
  expect(data.digest).toBe(event.datadigest);
  const { nativeref, nativedigest, labels } = JSON.parse(data.text);
  const { annotations } = labels[0];
  expect(annotations).toHaveLength(body.objects);
  for (const index of [0, 1, 499, 500, body.objects - 1]) {
    expect(annotations[index]).toEqual(
      expect.objectContaining({
        id: `f${String(index).padStart(9, '0')}`,
        kind: 'bbox',
        bbox: [20, 10 + (index % 7), 40 + (index % 5), 30],
      }),
    );
  }
  const native = await readObject(nativeref);
  expect(native.digest).toBe(nativedigest);
  expect(native.text).not.toContain('SECRET-TOKEN');
  expect(native.text.split(id)).toHaveLength(body.objects + 1);
  expect(receiver.memory().peak - idle).toBeLessThan(150 * MB);
  const { objects, uploads } = await cloud.tell();
  expect(Object.keys(objects).filter((key) => !key.startsWith('data/'))).toEqual([]);
  expect(uploads).toEqual([]);
});

test('a wrong signature at the end leaves nothing', async () => {
  const signature = signLarge(sameBytes(20 * MB), 'another');
  const answer = await deliverLarge(receiver.url, sameBytes(20 * MB), {
    'x-hub-signature': signature,
  });
  expect(answer.status).toBe(401);
  await expectNothing();
});

test('a body without a valid signature header is not read', async () => {
  const body = sameBytes(8 * MB);
  for (const signature of ['sha1=x', '']) {
    const answer = await deliverLarge(receiver.url, body, { 'x-hub-signature': signature });
    expect(answer.status).toBe(401);
  }
  await expectNothing();
});

test('a client that writes its whole body before it reads gets the early answer', async () => {
  const socket = connect(Number(new URL(receiver.url).port), '127.0.0.1').pause();
  const bytes = Buffer.alloc(8 * MB, 'x');
  socket.write(
    `POST /webhooks/labelbox HTTP/1.1\r\nhost: x\r\nx-hub-signature: sha1=x\r\ncontent-length: ${bytes.length}\r\n\r\n`,
  );
  await new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.write(bytes, resolve);
  });
  const [answer] = await once(socket.resume(), 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
  socket.destroy();
});

test('a sender that is cut off leaves nothing, and is no alarm', async () => {
  const body = sameBytes(40 * MB);
  const outgoing = sendPart(receiver.url, body, signLarge(body), 20 * MB);
  while ((await cloud.tell()).uploads.length === 0) await setTimeout(20);
  outgoing.destroy();
  while ((await cloud.tell()).uploads.length > 0) await setTimeout(20);
  await expectNothing();
  expect(receiver.output().stdout).not.toMatch(/UnexpectedError|Unavailable/);
});

test('after a kill in the middle, no part of a body is visible, and a sweep removes it', async () => {
  const body = sameBytes(40 * MB);
  sendPart(receiver.url, body, signLarge(body), 20 * MB);
  while ((await cloud.tell()).uploads.length === 0) await setTimeout(20);
  const [redelivers = 0, ...others] = childrenOf(receiver.process);
  expect([redelivers > 0, others]).toEqual([true, []]);
  receiver.process.kill('SIGKILL');
  await once(receiver.process, 'exit');
  const { objects, uploads } = await cloud.tell();
  expect([objects, uploads.length]).toEqual([{}, 1]);
  // Its second process ends too.
  while (existsSync(`/proc/${redelivers}/fd`)) await setTimeout(20);

  const config = readConfig({ AWS_ENDPOINT_URL: cloud.url });
  const sweepAt = (now: number) => sweep(redeliverPorts(config), config, { now, all: true });
  await sweepAt(Date.now());
  expect((await cloud.tell()).uploads).toHaveLength(1);
  await sweepAt(Date.now() + 25 * 3_600_000);
  await expectNothing();
  receiver = await start();
});

test('while the secret cannot be read it waits unverified, up to a limit; then it is delivered, or rejected', async () => {
  // It reads the secret while it starts.
  await cloud.tell({ noSecrets: true });
  await restart({ LABELRELAY_UNVERIFIED_BYTES_PER_MINUTE: String(20 * MB) });
  const body = v1Label(8 * MB);
  const forged = { 'x-hub-signature': signLarge(body, 'another') };
  for (const headers of [{}, forged]) {
    const answer = await deliverLarge(receiver.url, body, headers);
    expect([answer.status, answer.json.held]).toEqual([202, true]);
  }
  expect((await deliverLarge(receiver.url, body)).status).toBe(503);
  const { sent, uploads } = await cloud.tell();
  expect([sent, uploads]).toEqual([[], []]);

  await cloud.tell({ noSecrets: false });
  const config = { ...readConfig({ AWS_ENDPOINT_URL: cloud.url }), archive: true };
  await sweep(redeliverPorts(config), config, { all: true });
  expect(await arrivals(1)).toHaveLength(1);
  const { objects } = await cloud.tell();
  const [archive, ...others] = Object.keys(objects)
    .filter((key) => !key.startsWith('data/'))
    .sort();
  expect(archive).toMatch(/^archive\/labelbox\/.*\.large$/);
  expect(others).toEqual([expect.stringMatching(/^rejected\/large\//)]);
  // As one that was verified, and without what verified it.
  const archived = await readObject(`s3://${BUCKET}/${archive}`);
  expect(archived.text).toMatch(/^\{.*"proofs":\[\]\}\n/);
  expect(archived.text.slice(-34)).toMatch(/^\nv[0-9a-f]{32}$/);
});

test('while no queue can be reached it waits, and keeps its id', async () => {
  await cloud.tell({ noQueues: true });
  const body = v2Row(8 * MB);
  // Deliveries of another test may wait too.
  const before = receiver.output().stdout.length;
  const answer = await deliverLarge(receiver.url, body);
  expect(answer.status).toBe(202);
  while (!receiver.output().stdout.includes('held delivery waits', before)) await setTimeout(50);
  await cloud.tell({ noQueues: false });
  const config = readConfig({ AWS_ENDPOINT_URL: cloud.url });
  await sweep(redeliverPorts(config), config, { all: true });
  const event = await oneEvent();
  expect((await readObject(event.dataref)).digest).toBe(event.datadigest);
});

/** A row of one object, which is read whole, and takes sixty times its bytes. */
function hungryRow(bytes: number): string {
  const row = [...v2Row(1).chunks()].join('');
  const nothings = Array(Math.floor(bytes / 3)).fill('{}');
  // The first list is the object's own.
  return row.replace('"classifications":[]', `"classifications":[${nothings}]`);
}

test('a body that takes all memory only ends the second process', async () => {
  expect((await deliver(receiver.url, hungryRow(8 * MB))).json.held).toBe(true);
  const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['small'] };
  const told = () =>
    receiver.output().stdout.match(/.*held delivery could not be handled.*/g) ?? [];
  let slowest = 0;
  while (told().length === 0) {
    const began = performance.now();
    expect((await deliver(receiver.url, move)).status).toBe(202);
    slowest = Math.max(slowest, performance.now() - began);
    await setTimeout(50);
  }
  expect(slowest).toBeLessThan(1_000);

  const { objects } = await cloud.tell();
  // A regular sweep may have begun meanwhile, and notes its time.
  const [key, ...others] = Object.keys(objects).filter((each) => each !== 'progress/sweep');
  expect([key, others]).toEqual([expect.stringMatching(/^held\/large\//), []]);
  const message = 'expected an outcome, got the end of its process: SIGABRT';
  expect(told().map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', key, error: expect.objectContaining({ message }) }),
  ]);
  expect((await deliverLarge(receiver.url, v2Row(MB))).status).toBe(202);
  expect((await oneEvent()).subject).toBe('project/project-1/data-row/row-1/labels');
});

test('each thing of a long list is an event, and a list that is no JSON is none', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `row-${index}`);
  const move = { action: 'APPROVE', projectId: 'p', dataRowIds: rows };
  await cloud.tell({ noQueues: false });
  const answer = await deliver(receiver.url, move);
  expect(answer.json.held).toBe(true);
  const sent = await arrivals(20_000);
  const events = sent.map(({ body }) => JSON.parse(body));
  expect(new Set(events.map(({ id }) => id)).size).toBe(20_000);
  expect(new Set(events.map(({ data }) => data.dataRow.id))).toEqual(new Set(rows));

  const broken = `${JSON.stringify(move).slice(0, -2)},]}`;
  expect((await deliver(receiver.url, broken)).status).toBe(202);
  while (!receiver.output().stdout.includes('"Undecodable":1')) await setTimeout(50);
  expect((await cloud.tell()).sent).toEqual([]);
});

test('a long body without a list becomes an event with the address of its bytes', async () => {
  const body = JSON.stringify({ note: 'x'.repeat(18 * MB) });
  expect((await deliver(receiver.url, body)).status).toBe(202);
  const event = await oneEvent();
  expect(event).toMatchObject({
    type: 'labelrelay.unrecognized',
    data: { reason: 'too-large', raw: expect.stringContaining(`s3://${BUCKET}/raw/labelbox/`) },
  });
  expect((await readObject(event.data.raw)).text).toBe(body);
});

test('a body with another content type than JSON is stored, and answered with 415', async () => {
  const body = sameBytes(8 * MB);
  const headers = { 'content-type': 'text/plain' };
  expect((await deliverLarge(receiver.url, body, headers)).status).toBe(415);
  const { objects } = await cloud.tell();
  expect(Object.entries(objects)).toEqual([
    [expect.stringMatching(/^undecodable\/labelbox\//), 8 * MB],
  ]);
  const told = () => receiver.output().stdout.match(/.*"status":415.*/g) ?? [];
  while (told().length === 0) await setTimeout(20);
  expect(told()).toEqual([expect.stringContaining('"Undecodable":1')]);
});

test('more than the limit is answered 413, also when its length was not said', async () => {
  for (const length of ['said', 'chunked']) {
    const headers: Record<string, string> =
      length === 'said' ? {} : { 'transfer-encoding': length };
    const answer = await deliverLarge(receiver.url, sameBytes(LIMIT + MB), headers);
    expect([answer.status, answer.json.limit]).toEqual([413, LIMIT]);
  }
  await expectNothing();
});

test('one address has half of the places, however many large bodies it sends', async () => {
  await restart({ LABELRELAY_TRUSTED_PROXIES: '1' });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  // Senders in one network, with forged credentials, at a pace that is allowed for ever.
  const forged = Array.from({ length: 4 }, (_, index) =>
    sendForged(receiver.url, LIMIT, from(`2001:db8::${index}`)),
  );
  await setTimeout(300);
  const began = performance.now();
  for (const address of ['198.51.100.1', '2001:db8:0:1::1']) {
    expect((await deliverLarge(receiver.url, v1Label(MB), from(address))).status).toBe(202);
  }
  // A place would be waited for five minutes.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(forged.filter(({ destroyed }) => destroyed)).toEqual([]);
  for (const outgoing of forged) outgoing.destroy();
  expect(await arrivals(2)).toHaveLength(2);
});

test('many large deliveries do not block small ones', async () => {
  const row = v2Row(8 * MB);
  // This process also measures: it cannot write a body while it waits for an answer.
  const chunks = [...row.chunks()];
  const body = { ...row, chunks: () => chunks };
  const signature = signLarge(body);
  const started = performance.now();
  const large = Array.from({ length: 8 }, () =>
    deliverLarge(receiver.url, body, { 'x-hub-signature': signature }),
  );
  await setTimeout(100);
  const took: number[] = [];
  let whole = 0;
  Promise.all(large).then(() => (whole = performance.now() - started));
  for (let count = 0; count === 0 || whole === 0; count++) {
    const began = performance.now();
    const move = { action: 'APPROVE', projectId: 'p', dataRowIds: [`small-${count}`] };
    const answer = await deliver(receiver.url, move);
    expect([answer.status, answer.json.held]).toEqual([202, undefined]);
    took.push(performance.now() - began);
  }
  for (const answer of await Promise.all(large)) expect(answer.status).toBe(202);
  // One that waits for the large ones takes nearly as long as they do. A busy machine delays both.
  expect(Math.max(...took)).toBeLessThan(whole / 2);
});
