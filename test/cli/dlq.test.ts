import { setTimeout } from 'node:timers/promises';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { sqsWorkerQueue, toSqsMessage } from '../../lib/aws/sqs/sqs-worker-queue';
import { createWorker } from '../../lib/consume/create-worker';
import { handleMessage } from '../../lib/consume/handle-message';
import { inOrder } from '../../lib/consume/in-order';
import { memoryMarks } from '../../lib/consume/memory-marks';
import { sqsAt } from '../support/aws-clients';
import { SECRET, stopServers } from '../support/faces';
import { startMoveTasks } from '../support/move-tasks';
import { drain } from '../support/read-queues';
import { runCli, startCli } from '../support/run-cli';
import { send } from '../support/send';
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
  for (const name of ['project-created-dlq', 'label-created-dlq']) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url(name) }));
  }
  await drain(server.aws);
});

/** Delivers the creation of projects. */
async function projects(...ids: number[]): Promise<void> {
  for (const id of ids) {
    const answer = await send(server.url, {
      path: '/webhooks/label-studio',
      headers: { authorization: `Bearer ${SECRET}` },
      body: JSON.stringify({ action: 'PROJECT_CREATED', project: { id, title: 'A project' } }),
    });
    expect([answer.status, answer.json.held]).toEqual([202, undefined]);
  }
}

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

/** A dead letter. */
const bury = (name: string, reason: string) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: url(`${name}-dlq`),
      MessageBody: '{}',
      MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
    }),
  );

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
  const inFull = 'labelrelay-dev-project-created';
  for (const name of ['project-created', inFull, `${server.aws}/000000000000/${inFull}-dlq`]) {
    const { json } = await cli('dlq', 'show', name, '--json');
    expect([name, json.length]).toEqual([name, 3]);
  }
  expect(shown.json[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    receives: expect.any(Number),
  });
  const [header] = (await cli('dlq', 'show')).stdout.split('\n');
  expect(header).toMatch(/WHY +RECEIVES +EVENT +DELIVERY +MESSAGE$/);
  // Looking hides nothing from whoever looks next.
  const again = await cli('dlq', 'show', '--limit', '1', '--body');
  expect(again.stdout).toContain('"specversion": "1.0"');

  const dry = await cli('dlq', 'redrive', 'project.created', '--dry-run', '--json');
  expect(dry.json).toEqual([{ queue: 'project-created', letters: 3, wouldMove: 3 }]);
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

test('a handler that throws at every try is found by its reason', async () => {
  await projects(1);
  const worker = createWorker(
    {
      'project.created': () => {
        throw new Error('THE REASON');
      },
    },
    { guard: inOrder(memoryMarks()) },
  );
  const log = jest.spyOn(console, 'error').mockReturnValue();
  // Each try comes at once.
  const queue = { ...sqsWorkerQueue(sqs, url('project-created')), delay: async () => {} };
  for (let attempt = 1; attempt <= 5; attempt++) {
    const [message = {}] = await receive('project-created');
    const isDone = await handleMessage(worker, toSqsMessage(message), queue);
    expect([attempt, isDone]).toEqual([attempt, attempt === 5]);
    if (!isDone) continue;
    const { ReceiptHandle } = message;
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('project-created'), ReceiptHandle }));
  }
  expect(log).toHaveBeenCalledTimes(5);
  log.mockRestore();

  expect((await cli('dlq', 'list')).stdout).toMatch(
    /^project-created +1 +0 +1x Error: THE REASON$/m,
  );
  expect((await cli('dlq', 'show', 'project.created', '--json')).json).toMatchObject([
    { subject: 'project/1', reason: 'Error: THE REASON' },
  ]);
  expect((await cli('dlq', 'show')).stdout).toContain('Error: THE REASON');
});

test('only those with a reason, and the others stay', async () => {
  await projects(1, 2);
  await giveUp('project-created', 'no such customer');
  await giveUp('project-created', 'no such region');
  const chosen = ['project.created', '--reason', 'region'];
  const dry = await cli('dlq', 'redrive', ...chosen, '--dry-run');
  expect(dry.stdout).toMatch(/WOULD MOVE\nproject-created +2 +1\n$/);
  const unasked = await cli('dlq', 'redrive', ...chosen);
  expect([unasked.code, unasked.stderr]).toEqual([
    5,
    expect.stringContaining('Up to 1 messages with that reason'),
  ]);
  const args = [...chosen, '--yes', '--json'];
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

test('the destination for the move command of SQS is shown', async () => {
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
  const args = ['--local', 'dlq', 'redrive', '--all', '--rate', '500/s', '--yes', '--json'];
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

test('Ctrl-C begins no task for the next queue, although the one under way is over', async () => {
  await projects(1);
  await cli('send', 'v1-label-created-2023');
  await failAll('project-created');
  await failAll('label-created');
  const tasks = await startMoveTasks(server.aws, async () => undefined);
  const running = startCli(['--local', 'dlq', 'redrive', '--all', '--yes', '--json'], {
    ...env,
    AWS_PORT: new URL(tasks.url).port,
  });
  const called = () => tasks.calls.map(({ name }) => name);
  while (!called().includes('ListMessageMoveTasks')) await setTimeout(50);
  // To cancel is more than that server knows.
  running.process.kill('SIGINT');
  const { code, json } = await running.ended;
  tasks.stop();
  expect(code).toBe(130);
  expect(json.map(({ moved }: { moved: number }) => moved)).toEqual([0, 0]);
  expect(called().filter((name) => name === 'StartMessageMoveTask')).toHaveLength(1);
});

test('purging asks, and says how many are gone', async () => {
  await projects(1);
  await failAll('project-created');
  expect((await cli('dlq', 'purge', 'project.created')).code).toBe(5);
  const { json } = await cli('dlq', 'purge', 'project.created', '--yes', '--json');
  expect(json).toEqual([{ queue: 'project-created', purged: 1 }]);
  expect((await cli('dlq', 'list')).stdout).toBe('no dead letters\n');
});

test('an empty one is not purged, and nobody is asked', async () => {
  const { code, stdout } = await cli('dlq', 'purge', 'project.created');
  expect([code, stdout]).toEqual([0, 'no dead letters\n']);
});

test('reasons are of the first ten', async () => {
  for (let n = 0; n < 11; n++) await bury('label-created', 'no such label');
  const list = await cli('dlq', 'list');
  expect(list.stdout).toMatch(/ 10x no such label \(of 10 that were read\)\n$/);
  const { json } = await cli('dlq', 'list', '--json');
  expect(json).toMatchObject([
    { letters: 11, lookedAt: 10, reasons: [{ reason: 'no such label', count: 10 }] },
  ]);
});

test('senseless arguments are refused, and an unknown queue is answered with the known ones', async () => {
  const { code, stderr } = await cli('dlq', 'show', 'label.eaten');
  expect([code, stderr]).toEqual([4, expect.stringMatching(/expected a queue of .*label-created/)]);
  expect(stderr).not.toContain(' tap');
  const both = await cli('dlq', 'redrive', 'label.created', '--all');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('got both')]);
  const fast = await cli('dlq', 'redrive', '--all', '--rate', '501/s');
  expect([fast.code, fast.stderr]).toEqual([2, expect.stringContaining('at most 500/s')]);
});

test('one that somebody deleted does not hide the others', async () => {
  const gone = ['task-created-dlq', 'label-updated'];
  for (const each of gone) await sqs.send(new DeleteQueueCommand({ QueueUrl: url(each) }));
  await projects(1);
  await giveUp('project-created', 'no such customer');
  const list = await cli('dlq', 'list');
  expect(list.code).toBe(3);
  expect(list.stdout).toMatch(/^project-created +1 +0 +1x no such customer$/m);
  expect(list.stdout).toMatch(/^task-created +missing +0$/m);
  expect(list.stdout).toMatch(/^label-updated +0 +missing$/m);
  expect(list.stderr).toContain('label-updated, task-created-dlq: missing');
  const show = await cli('dlq', 'show', '--json');
  expect([show.code, show.json]).toMatchObject([3, [{ reason: 'no such customer' }]]);
  expect(show.stderr).toContain('task-created-dlq: missing');
  const redrive = await cli('dlq', 'redrive', '--all', '--yes', '--json');
  expect([redrive.code, redrive.json]).toMatchObject([3, [{ moved: 1 }]]);
  for (const command of [['show'], ['redrive', '--yes'], ['purge', '--yes']]) {
    const named = await cli('dlq', ...command, 'task.created');
    expect([named.code, named.stderr]).toEqual([4, expect.stringContaining('task-created-dlq')]);
  }
  for (const each of gone) {
    await sqs.send(new CreateQueueCommand({ QueueName: `labelrelay-dev-${each}` }));
  }
});
