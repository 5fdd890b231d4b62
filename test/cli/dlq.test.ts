import { setTimeout } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { sqsWorkerQueue, toSqsMessage } from '../../lib/aws/sqs-worker-queue';
import { sqsAt } from '../support/aws-clients';
import { stopServers } from '../support/faces';
import { startMoveTasks } from '../support/move-tasks';
import { drain } from '../support/read-queues';
import { runCli, startCli } from '../support/run-cli';
import { type ForCli, startForCli } from '../support/start-for-cli';

let server: ForCli['server'];
let cli: ForCli['cli'];
let sqs: SQSClient;
let env: ForCli['env'];

const url = (name: string) => `${server.aws}/000000000000/labelrelay-dev-${name}`;

beforeAll(async () => {
  ({ server, env, cli } = await startForCli());
  sqs = sqsAt(server.aws);
});
afterAll(stopServers);
afterEach(async () => {
  await cli('dlq', 'purge', 'project.created', '--yes');
  await cli('dlq', 'purge', 'label.created', '--yes');
  await drain(server.aws);
});

const projects = (...ids: number[]) =>
  Promise.all(ids.map((id) => cli('send', 'project-created', '--set', `project.id=${id}`)));

const receive = async (name: string) => {
  const command = new ReceiveMessageCommand({
    QueueUrl: url(name),
    MaxNumberOfMessages: 10,
    VisibilityTimeout: 0,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  return (await sqs.send(command)).Messages ?? [];
};

/** A worker that fails at every try: SQS hands a message out five times, then buries it. */
async function failAll(name: string): Promise<void> {
  while ((await receive(name)).length > 0);
}

/** A worker that gives up on the first message of a queue, as our kit does. */
async function giveUp(name: string, reason: string): Promise<void> {
  const [message] = await receive(name);
  if (!message) throw new Error(`nothing in ${name}`);
  await sqsWorkerQueue(sqs, url(name)).bury(toSqsMessage(message), reason);
  const { ReceiptHandle } = message;
  await sqs.send(new DeleteMessageCommand({ QueueUrl: url(name), ReceiptHandle }));
}

test('from a failed worker to a drained queue', async () => {
  await projects(1, 2, 3);
  await giveUp('project-created', 'no such customer');
  await failAll('project-created');
  const list = await cli('dlq', 'list');
  expect(list.stdout.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'QUEUE DEAD LETTERS WAITING WHY',
    'project-created 3 0 2x every try failed: see the log of the worker; 1x no such customer',
    '',
  ]);

  const shown = await cli('dlq', 'show', 'project.created', '--json');
  expect(shown.json.map(({ subject }: { subject: string }) => subject).sort()).toEqual([
    'project/1',
    'project/2',
    'project/3',
  ]);
  expect(JSON.stringify(shown.json)).not.toContain('specversion');
  // Looking hides nothing from whoever looks next.
  const again = await cli('dlq', 'show', '--limit', '1', '--body');
  expect(again.stdout).toContain('"specversion": "1.0"');

  const dry = await cli('dlq', 'redrive', 'project.created', '--dry-run', '--json');
  expect(dry.json).toEqual([{ queue: 'project-created', letters: 3, moved: 0 }]);
  const unasked = await cli('dlq', 'redrive', 'project.created');
  expect([unasked.code, unasked.stderr]).toEqual([5, expect.stringContaining('add --yes')]);
  expect(await receive('project-created')).toEqual([]);

  const moved = await cli('dlq', 'redrive', '--all', '--yes', '--json');
  expect(moved.json).toEqual([{ queue: 'project-created', letters: 3, moved: 3 }]);
  // As they were sent: the events are valid, and so is what workers read of them.
  expect((await drain(server.aws)).map(({ event }) => event.subject).sort()).toEqual([
    'project/1',
    'project/2',
    'project/3',
  ]);
  expect((await cli('dlq', 'list')).stdout).toBe('no dead letters\n');
});

test('only those with a reason, and the others stay', async () => {
  await projects(1, 2);
  await giveUp('project-created', 'no such customer');
  await giveUp('project-created', 'no such region');
  const args = ['project.created', '--reason', 'region', '--yes', '--json'];
  const { json } = await cli('dlq', 'redrive', ...args);
  expect(json).toEqual([{ queue: 'project-created', letters: 2, moved: 1 }]);
  expect((await cli('dlq', 'list')).stdout).toContain('1x no such customer\n');
});

test('not faster than it is told, and Ctrl-C leaves the rest where it is', async () => {
  await projects(1, 2, 3, 4, 5, 6);
  await failAll('project-created');
  const running = startCli(
    ['dlq', 'redrive', 'project.created', '--rate', '1/s', '--yes', '--json'],
    env,
  );
  // The first at once, the next after a second each.
  await setTimeout(2_500);
  running.process.kill('SIGINT');
  const { code, json } = await running.ended;
  expect(code).toBe(130);
  const [{ moved }] = json;
  expect(moved).toBeGreaterThanOrEqual(1);
  expect(moved).toBeLessThanOrEqual(3);
  expect((await drain(server.aws)).length).toBe(moved);
  const [{ letters }] = (await cli('dlq', 'list', '--json')).json;
  expect(letters).toBe(6 - moved);
});

test('where SQS can move messages itself, it is told where to', async () => {
  await projects(1, 2);
  await giveUp('project-created', 'why');
  await failAll('project-created');
  const name = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1).replace('labelrelay-dev-', '');
  const tasks = await startMoveTasks(server.aws, async (from, to) => {
    const messages = await receive(name(from));
    for (const { Body } of messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: url(name(to)), MessageBody: Body }));
    }
    return messages.length;
  });
  const args = ['--local', 'dlq', 'redrive', '--all', '--rate', '600/s', '--yes', '--json'];
  const { json } = await runCli(args, { ...env, AWS_PORT: new URL(tasks.url).port });
  tasks.stop();
  expect(json).toEqual([{ queue: 'project-created', letters: 2, moved: 2 }]);
  expect(tasks.calls.find((call) => call.name === 'StartMessageMoveTask')?.told).toEqual({
    SourceArn: 'arn:aws:sqs:us-east-1:000000000000:labelrelay-dev-project-created-dlq',
    DestinationArn: 'arn:aws:sqs:us-east-1:000000000000:labelrelay-dev-project-created',
    // SQS's own limit.
    MaxNumberOfMessagesPerSecond: 500,
  });
  expect(tasks.calls.map((call) => call.name)).not.toContain('DeleteMessage');
});

test('purging asks, and says how many are gone', async () => {
  await projects(1);
  await failAll('project-created');
  expect((await cli('dlq', 'purge', 'project.created')).code).toBe(5);
  const { json } = await cli('dlq', 'purge', 'project.created', '--yes', '--json');
  expect(json).toEqual([{ queue: 'project-created', purged: 1 }]);
  expect((await cli('dlq', 'list')).stdout).toBe('no dead letters\n');
});

test('a queue that is not there is told with those that are', async () => {
  const { code, stderr } = await cli('dlq', 'show', 'label.eaten');
  expect([code, stderr]).toEqual([4, expect.stringMatching(/expected a queue of .*label-created/)]);
});
