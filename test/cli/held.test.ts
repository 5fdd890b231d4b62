import { CopyObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, DeleteQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { s3At, sqsAt } from '../support/aws-clients';
import { stopServers } from '../support/faces';
import { drain, listObjects } from '../support/read-queues';
import { type ForCli, startForCli } from '../support/start-for-cli';

const QUEUE = 'labelrelay-dev-project-created';
const Bucket = 'labelrelay-dev-deliveries';

let server: ForCli['server'];
let cli: ForCli['cli'];

beforeAll(async () => {
  ({ server, cli } = await startForCli());
});
afterAll(stopServers);

const removeQueue = () =>
  sqsAt(server.aws).send(
    new DeleteQueueCommand({ QueueUrl: `${server.aws}/000000000000/${QUEUE}` }),
  );
const makeQueue = () => sqsAt(server.aws).send(new CreateQueueCommand({ QueueName: QUEUE }));

async function park(key: string): Promise<string> {
  const Key = key.replace('held/', 'held/parked/');
  const s3 = s3At(server.aws);
  await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${key}` }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
  return Key;
}

test('from a queue that is gone to its events, over hold and parking', async () => {
  expect((await cli('held', 'list')).stdout).toBe('nothing is held\n');
  await removeQueue();
  const sent = await cli('send', 'project-created');
  expect([sent.code, sent.stdout]).toEqual([3, expect.stringMatching(/202 .*\(held\)/)]);
  const [held] = (await cli('held', 'list', '--json')).json;
  expect(held).toMatchObject({ state: 'waits', source: 'label-studio' });
  expect((await cli('held', 'list')).stdout).toContain(held.key.slice(-36));

  const shown = await cli('held', 'show', held.key.slice(-36));
  expect(shown.stdout).toContain('topics: ["project.created"]\n');
  expect(shown.stdout).not.toContain('"action"');
  const whole = await cli('held', 'show', held.key, '--body', '--json');
  expect(JSON.parse(whole.json.body)).toMatchObject({ action: 'PROJECT_CREATED' });
  expect(whole.stdout).not.toContain('example_secret');

  const waits = await cli('held', 'redeliver', '--all');
  expect([waits.code, waits.stdout]).toEqual([3, expect.stringMatching(/ waits\n$/)]);

  const parked = await park(held.key);
  expect((await cli('held', 'list', '--json')).json).toMatchObject([{ state: 'parked' }]);
  await makeQueue();
  const redelivered = await cli('held', 'redeliver', '--parked', '--json');
  expect([redelivered.code, redelivered.json]).toEqual([
    0,
    [{ key: held.key, outcome: 'delivered' }],
  ]);
  expect(parked).toContain('held/parked/verified/');
  const [{ event } = { event: {} }] = await drain(server.aws, ['project-created']);
  // It was received when it was sent.
  expect(event.recordedtime).toBe(held.received);
  expect(await listObjects(server.aws, 'held/')).toEqual([]);
});

test('an absent delivery, and absent arguments', async () => {
  const absent = await cli('held', 'show', 'nothing');
  expect([absent.code, absent.stderr]).toEqual([4, expect.stringContaining('got none')]);
  expect((await cli('held', 'redeliver')).code).toBe(2);
});

test('two commands that redeliver the same parked delivery do not hinder each other', async () => {
  await removeQueue();
  await cli('send', 'project-created');
  const [held] = (await cli('held', 'list', '--json')).json;
  await park(held.key);
  await makeQueue();
  const both = await Promise.all([1, 2].map(() => cli('held', 'redeliver', '--parked')));
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  // Twice at worst, which workers see by its id.
  const ids = (await drain(server.aws, ['project-created'])).map(({ event }) => event.id);
  expect(new Set(ids).size).toBe(1);
});

test('deliveries older than the memory of workers come back only with a flag, and a warning', async () => {
  await removeQueue();
  await cli('send', 'project-created');
  const [held] = (await cli('held', 'list', '--json')).json;
  await park(held.key);
  const age = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const s3 = s3At(server.aws);
  const parked = held.key.replace('held/', 'held/parked/');
  const Key = parked.replace(/\/[^/]{24}-/, `/${age(91)}-`);
  await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${parked}` }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: parked }));
  await makeQueue();
  for (const which of [['--parked'], [Key.slice(-36)]]) {
    const without = await cli('held', 'redeliver', ...which);
    expect([without.code, without.stderr]).toEqual([
      3,
      expect.stringMatching(/left out 1 received more than 90 days ago.*--even-if-old/),
    ]);
  }
  expect(await listObjects(server.aws, 'held/')).toEqual([Key]);
  expect(await drain(server.aws, ['project-created'])).toEqual([]);
  const withIt = await cli('held', 'redeliver', '--parked', '--even-if-old');
  expect([withIt.code, withIt.stderr]).toEqual([0, expect.stringContaining('more than 90 days')]);
  expect(await drain(server.aws, ['project-created'])).toHaveLength(1);
});
