import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { dynamoLabelTable } from '../../lib/aws/dynamodb/dynamo-label-table';
import { readConfig } from '../../lib/config/read-config';
import { createWorker } from '../../lib/consume/create-worker';
import { type AnyEvent, topicOf } from '../../lib/consume/event';
import { keepNewest } from '../../lib/consume/keep-newest';
import { ownQueue } from '../../lib/events/queues';
import { projectedTopics, projectLabels } from '../../lib/project-labels/project-labels';
import { startAws } from '../../lib/server/start-embedded';
import { buildEvent } from '../../lib/testing/build-event';
import { Random } from '../fuzz/random';
import { s3At, sqsAt } from '../support/aws-clients';
import { startTables } from '../support/dynamo';
import { eventually } from '../support/eventually';
import { pythonWith } from '../support/python';

const EVENTS = 400;
const SEED = Number(process.env.EXAMPLE_SEED ?? Date.now() % 2 ** 31);
const EXAMPLES = join(__dirname, '../../docs/examples');
const PACKAGES = ['boto3==1.44.5', 'jsonschema==4.26.0'];
let programs: string;

beforeAll(() => {
  programs = pythonWith(PACKAGES);
});

/** Ends what a test started, also when it failed. */
const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
});

const QUEUES = projectedTopics.map(ownQueue);
const TOPICS = ['label.created', 'label.updated', 'label.deleted'] as const;
const studio = { source: '/label-studio' };

const momentOf = (second: number): string => `2026-01-01T00:00:0${second}.000000Z`;

/**
 * Label n of Label Studio is in task n % 12, and in project n % 3; rows of Labelbox have a few. Ids of
 * Label Studio are given again: an event is of one of several lives.
 */
function makeEvent(random: Random, index: number): AnyEvent {
  const id = `${random.below(1_000)}.${index}`;
  const number = random.below(120);
  if (index % 40 === 0) {
    const [topic, subject] = random.pick([
      ['task.deleted', `task/${number % 12}`],
      ['project.deleted', 'project/2'],
    ] as const);
    const sequence = `${momentOf(random.below(6))}/9999-12-31T23:59:59.999999Z-2`;
    return buildEvent(topic, {}, { ...studio, id, subject, sequence }) as AnyEvent;
  }
  const kind = random.pick(['studio', 'studio', 'labelbox', 'row'] as const);
  const rank = random.pick([0, 1, 1, 2] as const);
  const isGone = rank === 2 && kind !== 'row';
  const label = { id: String(number), secondsToLabel: index };
  const life = random.below(5);
  const row = {
    id: String(number % 12),
    ...(random.chance(0.5) && { createdAt: `2026-01-01T00:00:0${random.below(life + 1)}Z` }),
  };
  const data = {
    ...(!isGone && { project: { id: String(number % 3) }, dataRow: row }),
    labels: kind === 'row' ? Array(random.below(3)).fill(label) : [label],
  };
  const version = `${momentOf(random.below(5))}-${kind === 'row' ? 1 : rank}`;
  return buildEvent(TOPICS[rank], data, {
    id,
    source: kind === 'studio' ? studio.source : '/labelbox',
    // An event now and then has no subject, or no sequence.
    ...(!random.chance(0.03) && {
      subject: kind === 'row' ? `project/7/data-row/${number}/labels` : `label/${number}`,
    }),
    ...((isGone || !random.chance(0.05)) && {
      sequence: kind === 'labelbox' ? version : `${momentOf(life)}/${version}`,
    }),
    recordedtime: '2026-01-01T00:01:00Z',
  }) as AnyEvent;
}

/** The labels that are live after all of it: by the words of the contract, and not by our code. */
function expectedLive(events: readonly AnyEvent[]): [string, unknown][] {
  const deletions = events.filter(({ type }) => !type.includes('label.'));
  /** Whether it is there since before a deletion. */
  const isGone = (above: string, since: string): boolean =>
    deletions.some(({ subject, sequence = '' }) => subject === above && since <= sequence);
  const newest = new Map<string, AnyEvent>();
  const text = ({ sequence = '-', id }: AnyEvent) => `${sequence} ${id}`;
  for (const event of events.filter(({ type, subject }) => type.includes('label.') && subject)) {
    const key = `${event.source}/${event.subject}`;
    const known = newest.get(key);
    if (!known || text(known) < text(event)) newest.set(key, event);
  }
  return [...newest]
    .filter(([, { sequence }]) => !sequence?.endsWith('-2'))
    .filter(([key, { sequence = '', data }]) => {
      const number = Number(/^\/label-studio\/label\/(\d+)$/.exec(key)?.[1]);
      const life = sequence.split('/')[0] ?? '';
      const task = 'dataRow' in data && data.dataRow && 'createdAt' in data.dataRow && data.dataRow;
      const taskSince = task ? String(task.createdAt).replace('Z', '.000000Z') : life;
      return !isGone(`task/${number % 12}`, taskSince) && !isGone(`project/${number % 3}`, life);
    })
    .map(([key, { data }]) => [key, 'labels' in data && data.labels]);
}

const queueOf = (event: AnyEvent): string => ownQueue(topicOf(event));
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** The event without its data, and where that is instead. */
const claimCheck = ({ data, ...event }: AnyEvent, dataref: string) =>
  JSON.stringify({ ...event, dataref, datadigest: digestOf(JSON.stringify(data)) });

async function attributesOf(sqs: SQSClient, QueueUrl: string) {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return (await sqs.send(command)).Attributes ?? {};
}

/** What is in a queue. @throws when some of it is hidden */
async function receiveAll(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  expect(await attributesOf(sqs, QueueUrl)).toMatchObject({
    ApproximateNumberOfMessagesNotVisible: '0',
  });
  const all: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    if (Messages.length === 0) return all;
    all.push(...Messages);
  }
}

test('worker.py: the table is right, poison is among the dead letters, and nothing is left', async () => {
  process.stdout.write(`EXAMPLE_SEED=${SEED}\n`);
  const random = new Random(SEED, 0);
  const [aws, tables] = await Promise.all([startAws(0), startTables()]);
  stops.push(aws.stop, tables.stop);
  const table = await tables.create('key', 'item');
  const config = readConfig({ AWS_ENDPOINT_URL: aws.endpoint });
  await createMissing(config);
  const sqs = sqsAt(aws.endpoint);
  const s3 = s3At(aws.endpoint);
  const urlOf = (queue: string) => `${config.queueUrlBase}labelrelay-dev-${queue}`;
  const store = async (data: unknown, Key: string, Bucket = config.bucket) => {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(data) }));
    return `s3://${Bucket}/${Key}`;
  };

  const messages: (readonly [queue: string, body: string])[] = [];
  const events = Array.from({ length: EVENTS }, (_, index) => makeEvent(random, index));
  for (const event of events) {
    const ref = random.chance(0.1) && (await store(event.data, `data/${event.id}`));
    const message = [queueOf(event), ref ? claimCheck(event, ref) : JSON.stringify(event)] as const;
    messages.push(message, ...(random.chance(0.2) ? [message] : []));
  }

  const labelOf = (subject: string, more: object = {}) =>
    buildEvent('label.created', { labels: [{ secondsToLabel: 0.5 }] }, { subject, ...more });
  const bad = labelOf('label/bad');
  await s3.send(new CreateBucketCommand({ Bucket: 'elsewhere' }));
  const poison = [
    ...['junk', '{}', 'null', '['.repeat(100_000)],
    JSON.stringify(bad).replace('0.5', 'NaN'),
    JSON.stringify({ ...bad, sequence: 'late' }),
    JSON.stringify({ ...bad, data: { ...bad.data, labels: [{ id: 5 }] } }),
    JSON.stringify(buildEvent('review.created', {}, { subject: 'review/bad' })),
    claimCheck(bad, await store(bad.data, 'data/bad', 'elsewhere')),
    claimCheck(bad, await store({ ...bad.data, labels: [] }, 'data/other')),
    claimCheck(bad, `s3://${config.bucket}/data/none`),
  ].map((body) => [random.pick(['label-created', 'label-deleted']), body] as const);

  // Its data comes only after a worker has looked for it.
  const late = labelOf('label/late', { recordedtime: new Date().toISOString() });
  const lateMessage = claimCheck(late, `s3://${config.bucket}/data/late`);

  const environment = {
    ...process.env,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    AWS_DEFAULT_REGION: config.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    NO_PROXY: '127.0.0.1',
  };
  let said = '';
  const start = (...more: string[]) => {
    const options = ['--stage', 'dev', '--bucket', config.bucket, '--table', table.table];
    const child = spawn(
      join(programs, 'python'),
      ['worker.py', ...options, '--schemas', '../schemas', ...more],
      { cwd: EXAMPLES, env: environment, stdio: ['ignore', 'inherit', 'pipe'] },
    );
    stops.push(() => child.kill());
    return child;
  };
  async function work(): Promise<void> {
    const child = start('--until-empty');
    child.stderr.on('data', (text) => {
      said += text;
      if (said.includes('comes again')) void store(late.data, 'data/late');
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`expected worker.py to end well, got ${code}: ${said}`);
  }
  async function play(part: typeof messages): Promise<void> {
    for (const [queue, MessageBody] of part) {
      const MessageAttributes = { type: { DataType: 'String', StringValue: queue } };
      const QueueUrl = urlOf(queue);
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
    }
    await Promise.all([work(), work()]);
  }
  // In two parts, so that a task or project is deleted before some of its labels, and after others.
  const all = random.shuffle([...messages, ...poison]);
  await play([['label-created', lateMessage], ...all.slice(0, all.length / 2)]);
  await play(all.slice(all.length / 2));
  // Nothing but the late data was in the way.
  expect(said).toMatch(/^(.*label-created: comes again in \d+ s: LookupError.*\n)+$/);

  async function scan(): Promise<Record<string, AttributeValue>[]> {
    const items: Record<string, AttributeValue>[] = [];
    const pages = paginateScan({ client: table.client }, { TableName: table.table });
    for await (const { Items = [] } of pages) items.push(...Items);
    return items;
  }
  const items = await scan();
  const live = items
    .filter(({ item, labels, buried }) => item?.S === 'state' && labels && !buried)
    .map(({ key, labels }) => [key?.S, JSON.parse(labels?.S ?? '')]);
  expect(live.sort()).toEqual(expectedLive([...events, late as AnyEvent]).sort());

  const buried: [queue: string, body?: string][] = [];
  for (const queue of QUEUES) {
    expect(await receiveAll(sqs, urlOf(queue))).toEqual([]);
    for (const { Body, MessageAttributes } of await receiveAll(sqs, `${urlOf(queue)}-dlq`)) {
      buried.push([queue, Body]);
      expect(MessageAttributes).toMatchObject({
        type: { StringValue: queue },
        reason: { StringValue: expect.stringMatching(/^expected .* got /) },
      });
    }
  }
  expect(buried.sort()).toEqual(poison.sort());

  // The worker in TypeScript finds everything done already: both read and write the same.
  const worker = createWorker(projectLabels, { guard: keepNewest(dynamoLabelTable(table)) });
  for (const event of events) await worker(JSON.stringify(event));
  expect(await scan()).toEqual(items);

  // What is of a version that it does not know stays in its queue.
  const later = { ...bad, dataschema: bad.dataschema.replace(/\d+$/, '2') };
  const QueueUrl = urlOf('label-created');
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(later) }));
  const child = start();
  let told = '';
  child.stderr.on('data', (text) => {
    told += text;
  });
  const isDelayed = async () =>
    (await attributesOf(sqs, QueueUrl)).ApproximateNumberOfMessagesDelayed === '1';
  expect(await eventually(isDelayed, Boolean)).toBe(true);
  child.kill();
  expect(told).toContain('expected events of version 1, got 2');
  const letters = await attributesOf(sqs, `${QueueUrl}-dlq`);
  expect(letters.ApproximateNumberOfMessages).toBe('0');
});
