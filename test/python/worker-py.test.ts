import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { readConfig } from '../../lib/config/read-config';
import { type AnyEvent, topicOf } from '../../lib/consume/event';
import { ownQueue } from '../../lib/events/queues';
import { startAws } from '../../lib/server/start-embedded';
import { buildEvent } from '../../lib/testing/build-event';
import { Random } from '../fuzz/random';
import { s3At, sqsAt } from '../support/aws-clients';
import { startTables } from '../support/dynamo';
import { eventually } from '../support/eventually';
import { installedKit } from '../support/python-kit';
import { runCli } from '../support/run-cli';

const EVENTS = process.env.PROPERTY_RUNS ? 400 : 200;
const SEED = Number(process.env.EXAMPLE_SEED ?? Date.now() % 2 ** 31);
const EXAMPLE = join(__dirname, '../../docs/examples/worker.py');
const TOPICS = ['label.created', 'label.updated', 'label.deleted'] as const;
const QUEUES = TOPICS.map(ownQueue);

/** Ends what a test started, also when it failed. */
const stops: (() => void)[] = [];
let python = '';
let services: Awaited<ReturnType<typeof startServices>>;
beforeAll(async () => {
  python = join(installedKit(), 'python');
  services = await startServices();
});
afterAll(() => {
  for (const stop of stops.reverse()) stop();
});

async function startServices() {
  const [aws, tables] = await Promise.all([startAws(0), startTables()]);
  stops.push(aws.stop, tables.stop);
  const config = readConfig({ AWS_ENDPOINT_URL: aws.endpoint });
  await createMissing(config);
  const dynamoDb = (await tables.create()).client;
  return {
    aws,
    tables,
    dynamoDb,
    bucket: config.bucket,
    sqs: sqsAt(aws.endpoint),
    s3: s3At(aws.endpoint),
    urlOf: (queue: string) => `${config.queueUrlBase}labelrelay-dev-${queue}`,
  };
}

/** The time after which a message comes again if its worker died, in seconds. */
const VISIBILITY_SECONDS = 5;

const setAttributes = (queue: string, Attributes: Record<string, string>) =>
  services.sqs.send(new SetQueueAttributesCommand({ QueueUrl: services.urlOf(queue), Attributes }));

/** A worker that knows the endpoints and nothing else. */
function start(script: string): ChildProcess & { said(): string } {
  const child = spawn(python, [script], {
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: services.aws.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: services.tables.endpoint,
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  stops.push(() => child.kill('SIGKILL'));
  return Object.assign(child, { said: () => text });
}

/** Ends workers gently. @throws unless each says goodbye in time */
async function stopGently(...workers: ReturnType<typeof start>[]): Promise<void> {
  const codes = await Promise.all(
    workers.map(async (worker) => {
      worker.kill('SIGTERM');
      const [code] = await once(worker, 'close');
      return code;
    }),
  );
  expect(codes).toEqual(workers.map(() => 0));
}

async function attributesOf(QueueUrl: string): Promise<Record<string, string>> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return (await services.sqs.send(command)).Attributes ?? {};
}

/** Whether nothing is left in a queue, neither hidden nor delayed. */
const isEmpty = async (queue: string): Promise<boolean> =>
  Object.entries(await attributesOf(services.urlOf(queue))).every(
    ([name, count]) => !/^ApproximateNumberOfMessages/.test(name) || count === '0',
  );

/** Receives and deletes all messages: they would come again while a busy machine is not done. */
async function receiveAll(QueueUrl: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await services.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({
      Id: String(index),
      ReceiptHandle,
    }));
    await services.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

const send = (queue: string, MessageBody: string) =>
  services.sqs.send(
    new SendMessageCommand({
      QueueUrl: services.urlOf(queue),
      MessageBody,
      MessageAttributes: { type: { DataType: 'String', StringValue: queue } },
    }),
  );

async function store(data: unknown, Key: string, Bucket = services.bucket): Promise<string> {
  const command = new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(data) });
  await services.s3.send(command);
  return `s3://${Bucket}/${Key}`;
}

const box = (name: string, names?: readonly string[]) => ({
  kind: 'bbox' as const,
  bbox: [0, 0, 1, 1] as [number, number, number, number],
  classifications: [],
  name,
  ...(names && { names: [...names] }),
});

/** Labels of both platforms, and rows of Labelbox, which have a few. */
function makeEvent(random: Random, index: number): AnyEvent {
  const id = `${random.below(1_000)}.${index}`;
  const number = random.below(60);
  const kind = random.pick(['studio', 'labelbox', 'row'] as const);
  const rank = random.pick([0, 1, 1, 2] as const);
  const labels = Array.from({ length: kind === 'row' ? random.below(3) : 1 }, () => ({
    id: String(number),
    skipped: random.chance(0.2),
    annotations: [
      ...Array(random.below(4)).fill(box('cat')),
      ...Array(random.below(2)).fill(box('dog', ['dog', 'pet'])),
      { kind: 'point' as const, point: [1, 2] as [number, number], classifications: [] },
    ],
  }));
  const moment = `2026-01-01T00:00:0${random.below(5)}.000000Z`;
  const version = `${moment}-${kind === 'row' ? 1 : rank}`;
  return buildEvent(
    TOPICS[rank],
    { labels },
    {
      id,
      source: kind === 'studio' ? '/label-studio' : '/labelbox',
      subject: kind === 'row' ? `project/7/data-row/${number}/labels` : `label/${number}`,
      sequence: kind === 'labelbox' ? version : `${moment}/${version}`,
      recordedtime: '2026-01-01T00:01:00Z',
    },
  ) as AnyEvent;
}

/** The boxes of each class, by the newest event of each subject that still exists. */
function expectedCounts(events: readonly AnyEvent[]): Record<string, Record<string, number>> {
  const newest = new Map<string, AnyEvent>();
  const text = ({ sequence = '', id }: AnyEvent) => `${sequence} ${id}`;
  for (const event of events) {
    const key = `${event.source}/${event.subject}`;
    const known = newest.get(key);
    if (!known || text(known) < text(event)) newest.set(key, event);
  }
  const live = [...newest].filter(([, { sequence }]) => !sequence?.endsWith('-2'));
  return Object.fromEntries(
    live.map(([key, { data }]) => {
      const labels = ('labels' in data && data.labels) || [];
      const drawn = labels.flatMap(({ skipped, annotations }) => (skipped ? [] : annotations));
      const cats = drawn.filter((each) => each?.name === 'cat').length;
      const dogs = drawn.filter((each) => each?.name === 'dog').length;
      return [key, { ...(cats && { cat: cats }), ...(dogs && { dog: dogs, pet: dogs }) }];
    }),
  );
}

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** The event without its data, and where that is instead. */
const claimCheck = ({ data, ...event }: AnyEvent, dataref: string) =>
  JSON.stringify({ ...event, dataref, datadigest: digestOf(JSON.stringify(data)) });

async function countsInTable(): Promise<Record<string, unknown>> {
  const counts: Record<string, unknown> = {};
  const pages = paginateScan({ client: services.dynamoDb }, { TableName: 'box-counts' });
  for await (const { Items = [] } of pages) {
    for (const { key, value } of Items) {
      if (value?.S !== undefined) counts[key?.S ?? ''] = JSON.parse(value.S);
    }
  }
  return counts;
}

test('worker.py: the counts are right, poison is among the dead letters, and nothing is left', async () => {
  process.stdout.write(`EXAMPLE_SEED=${SEED}\n`);
  for (const queue of QUEUES) {
    await setAttributes(queue, { VisibilityTimeout: String(VISIBILITY_SECONDS) });
  }
  const random = new Random(SEED, 0);
  const messages: (readonly [queue: string, body: string])[] = [];
  const events = Array.from({ length: EVENTS }, (_, index) => makeEvent(random, index));
  for (const event of events) {
    const ref = random.chance(0.1) && (await store(event.data, `data/${event.id}`));
    const body = ref ? claimCheck(event, ref) : JSON.stringify(event);
    const message = [ownQueue(topicOf(event)), body] as const;
    messages.push(message, ...(random.chance(0.2) ? [message] : []));
  }

  const labelOf = (subject: string, more: object = {}) =>
    buildEvent('label.created', { labels: [{ secondsToLabel: 0.5 }] }, { subject, ...more });
  const bad = labelOf('label/bad');
  await services.s3.send(new CreateBucketCommand({ Bucket: 'elsewhere' }));
  const poison = [
    ...['junk', '{}', 'null', '['.repeat(100_000)],
    JSON.stringify(bad).replace('0.5', 'NaN'),
    JSON.stringify({ ...bad, sequence: 'late' }),
    JSON.stringify({ ...bad, data: { ...bad.data, labels: [{ id: 5 }] } }),
    JSON.stringify(buildEvent('review.created', {}, { subject: 'review/bad' })),
    claimCheck(bad, await store({ ...bad.data, labels: [] }, 'data/other')),
    claimCheck(bad, `s3://${services.bucket}/data/none`),
  ].map((body) => [random.pick(QUEUES), body] as const);
  for (const [queue, body] of random.shuffle([...messages, ...poison])) await send(queue, body);

  // The data of this one comes only after a worker has looked for it.
  const late = labelOf('label/late', { recordedtime: new Date().toISOString() });
  await send('label-created', claimCheck(late, `s3://${services.bucket}/data/late`));
  const workers = [start(EXAMPLE), start(EXAMPLE)];
  const doomed = start(EXAMPLE);
  const said = () => workers.map((worker) => worker.said()).join('');
  // It dies with messages in its hands, which the others get in the end.
  const isCounting = () =>
    countsInTable().then(
      (counts) => Object.keys(counts).length > 5,
      // The first worker creates the table.
      () => false,
    );
  await eventually(isCounting, Boolean);
  doomed.kill('SIGKILL');
  const hasLooked = async () => (said() + doomed.said()).includes('"code": "retry"');
  await eventually(hasLooked, Boolean);
  await store(late.data, 'data/late');

  for (const queue of QUEUES) await eventually(() => isEmpty(queue), Boolean);
  await stopGently(...workers);
  expect(await countsInTable()).toEqual({
    ...expectedCounts(events),
    '/labelbox/label/late': {},
  });

  const lines = (said() + doomed.said())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  // The late data and poison were in the way, and nothing else.
  expect(new Set(lines.map(({ code }) => code))).toEqual(new Set(['retry', 'poison']));
  const buried: [queue: string, body?: string][] = [];
  for (const queue of QUEUES) {
    for (const { Body, MessageAttributes } of await receiveAll(`${services.urlOf(queue)}-dlq`)) {
      buried.push([queue, Body]);
      expect(MessageAttributes).toMatchObject({
        type: { StringValue: queue },
        reason: { StringValue: expect.stringMatching(/^expected .* got /) },
      });
    }
  }
  // The worker that died may have left some there twice.
  const unique = [...new Set(buried.map((each) => JSON.stringify(each)))];
  expect(unique.sort()).toEqual(poison.map((each) => JSON.stringify(each)).sort());
});

const FAILING = `
from labelrelay import LabelCreated, Worker, in_order, dynamo_marks, poll
worker = Worker(in_order(dynamo_marks("marks")))
@worker.on(LabelCreated)
def fail(event: LabelCreated) -> None:
    raise ValueError("THE REASON")
poll(worker)
`;

test('a handler that raises: its reason is in the log and in the dead letter, at the last try of the queue', async () => {
  const QueueUrl = services.urlOf('label-created');
  const { RedrivePolicy = '{}' } = await attributesOf(QueueUrl);
  const policy = { ...JSON.parse(RedrivePolicy), maxReceiveCount: 1 };
  await setAttributes('label-created', { RedrivePolicy: JSON.stringify(policy) });

  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-python-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, 'failing.py');
  writeFileSync(script, FAILING);
  const worker = start(script);
  const event = buildEvent(
    'label.created',
    { labels: [{ id: 'PAYLOAD' }] },
    { subject: 'label/1' },
  );
  await send('label-created', JSON.stringify(event));
  await eventually(async () => worker.said().includes('THE REASON'), Boolean);
  // An event in a form that it does not know stays in its queue.
  const later = { ...event, dataschema: event.dataschema.replace(/\d+$/, '2') };
  await send('label-created', JSON.stringify(later));
  const delayed = async () => (await attributesOf(QueueUrl)).ApproximateNumberOfMessagesDelayed;
  await eventually(delayed, (count) => count === '1');
  await stopGently(worker);

  const [failed, unknown] = worker
    .said()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(failed).toMatchObject({
    topic: 'label.created',
    subject: 'label/1',
    id: event.id,
    attempt: 1,
    outcome: 'dead letter',
    message: 'ValueError: THE REASON',
    stack: expect.stringContaining('failing.py", line 6, in fail'),
  });
  expect(unknown).toMatchObject({ code: 'unknown-version', outcome: 'wait', seconds: 900 });
  expect(worker.said()).not.toContain('PAYLOAD');
  const port = new URL(services.aws.endpoint).port;
  const shown = await runCli(['dlq', 'show', 'label.created', '--local'], { AWS_PORT: port });
  expect(shown.stdout).toContain('ValueError: THE REASON');
  const letters = await receiveAll(`${QueueUrl}-dlq`);
  expect(letters.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue)).toEqual([
    'ValueError: THE REASON',
  ]);
});
