import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { labelStoreOf } from '../../lib/aws/label-store';
import { readConfig } from '../../lib/config/read-config';
import type { AnyEvent } from '../../lib/consume/event';
import type { StoredLabel } from '../../lib/label-store/stored-label';
import { startAws, startDynamoDb } from '../../lib/server/start-embedded';
import { buildEvent } from '../../lib/testing/build-event';
import { Random } from '../fuzz/random';
import { sqsAt } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import { startServer, stopServers } from '../support/faces';
import { deliver } from '../support/send';
import { TSX } from '../support/tsx';

/** Ten of each label, also in a longer run. */
const EVENTS = Number(process.env.LABEL_STORE_EVENTS ?? 300);
const LABELS = EVENTS / 10;
const SEED = Number(process.env.LABEL_STORE_SEED ?? Date.now() % 2 ** 31);

const stops: (() => void)[] = [];
afterEach(async () => {
  await stopServers();
  for (const stop of stops.splice(0)) stop();
});

/** Events of labels on both platforms: which of them is live in the end follows from their order. */
function makeEvents(random: Random): AnyEvent[] {
  return Array.from({ length: EVENTS }, (_, index): AnyEvent => {
    const label = String(random.below(LABELS));
    const isStudio = Number(label) % 2 === 0;
    const rank = random.pick([0, 1, 1, 1, 2]);
    const second = String(random.below(60)).padStart(2, '0');
    const topic =
      (['label.created', 'label.updated', 'label.deleted'] as const)[rank] ?? 'label.updated';
    const data = {
      platform: isStudio ? 'label-studio' : 'labelbox',
      project: { id: '7' },
      dataRow: { id: String(Number(label) % 50) },
      labels: [{ id: label, ...(rank === 2 ? { deleted: true } : { secondsToLabel: index }) }],
    };
    return buildEvent(topic, data, {
      source: isStudio ? '/label-studio' : '/labelbox',
      subject: `label/${label}`,
      sequence: `2026-01-01T00:00:${second}.000000Z-${rank}`,
    }) as AnyEvent;
  });
}

const POISON = ['', 'junk', '{}', '{"specversion":"1.0"}', JSON.stringify({ type: 'com.example' })];

test('events of many labels, shuffled, some twice, some poison: the store is right', async () => {
  const random = new Random(SEED, 0);
  const [aws, dynamo] = await Promise.all([startAws(0), startDynamoDb(0)]);
  stops.push(aws.stop, dynamo.stop);
  const environment = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    LABELRELAY_LABEL_STORE: 'true',
  };
  const config = readConfig(environment);
  await createMissing(config);
  const sqs = sqsAt(aws.endpoint);
  const queueUrl = `${config.queueUrlBase}labelrelay-dev-label-store`;

  // A task and a project are deleted on Label Studio: labels of even numbers are there.
  const source = '/label-studio';
  const final = { source, sequence: '9999-12-31T23:59:59.999999Z-2' };
  const platform = { platform: 'label-studio' };
  const deletion = buildEvent('task.deleted', platform, { ...final, subject: 'task/4' });
  const events = [...makeEvents(random), deletion as AnyEvent];
  const twice = events.filter(() => random.chance(0.2));
  const poison = Array.from(
    { length: EVENTS * 0.02 },
    (_, index) => `${random.pick(POISON)} ${index}`,
  );
  const bodies = [...events, ...twice].map((event) => JSON.stringify(event));
  const messages = random.shuffle([...bodies, ...poison]);
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  const script = join(__dirname, '../support/event-source-process.ts');
  const child = fork(script, ['label-store', queueUrl, '4'], {
    env: { ...process.env, ...environment, AWS_REGION: 'us-east-1' },
    execArgv: TSX,
  });
  stops.push(() => child.kill());
  const left = async (url: string): Promise<number> => {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  };
  while ((await left(queueUrl)) > 0) await setTimeout(200);

  const newest = new Map<string, AnyEvent>();
  const text = ({ sequence, id }: AnyEvent) => `${sequence} ${id}`;
  for (const event of events.filter(({ subject }) => subject?.startsWith('label/'))) {
    const key = `${event.source}/${event.subject}`;
    const known = newest.get(key);
    if (!known || text(known) < text(event)) newest.set(key, event);
  }
  const expected = [...newest]
    .filter(([, { sequence }]) => !sequence?.endsWith('-2'))
    .filter(([key, { source: of }]) => of !== source || Number(key.split('/').at(-1)) % 50 !== 4)
    .map(([key, event]) => [key, 'labels' in event.data && event.data.labels]);

  const live: unknown[] = [];
  for await (const { source, subject, label } of labelStoreOf(config).list()) {
    live.push([`/${source}/${subject}`, [label]]);
  }
  expect(live.sort()).toEqual(expected.sort());

  // Every poison is among the dead letters, with a reason.
  const reasons: (string | undefined)[] = [];
  while (reasons.length < poison.length) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: `${queueUrl}-dlq`,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages.length).toBeGreaterThan(0);
    reasons.push(
      ...Messages.map(({ MessageAttributes }) => MessageAttributes?.reason?.StringValue),
    );
  }
  expect(reasons.filter((reason) => !reason?.startsWith('expected'))).toEqual([]);
  expect(await left(`${queueUrl}-dlq`)).toBe(poison.length);
});

test('npm start runs it: a label that is delivered is in the store', async () => {
  const server = await startServer();
  const { stdout } = server.output();
  const label = {
    id: 'label-1',
    createdAt: '2023-02-13T18:22:46Z',
    updatedAt: '2023-02-13T18:22:47Z',
    label: '{"objects":[],"classifications":[]}',
    project: { id: 'project-1' },
    dataRow: { id: 'row-1' },
  };
  expect((await deliver(server.url, label)).status).toBe(202);
  const store = labelStoreOf(
    readConfig({
      AWS_ENDPOINT_URL: /^aws endpoint (.*)$/m.exec(stdout)?.[1],
      AWS_ENDPOINT_URL_DYNAMODB: /^dynamodb endpoint (.*)$/m.exec(stdout)?.[1],
    }),
  );
  const read = async (): Promise<StoredLabel[]> => {
    const found: StoredLabel[] = [];
    for await (const each of store.list()) found.push(each);
    return found;
  };
  const found = await eventually(read, ({ length }) => length > 0);
  expect(found).toMatchObject([
    { source: 'labelbox', subject: 'label/label-1', project: { id: 'project-1' } },
  ]);
});
