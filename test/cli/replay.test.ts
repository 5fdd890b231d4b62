import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { s3At } from '../support/aws-clients';
import { stopServers } from '../support/faces';
import { drain, listObjects, type Received, readObject } from '../support/read-queues';
import { runCli } from '../support/run-cli';
import { type ForCli, startForCli } from '../support/start-for-cli';

const BUCKET = 'labelrelay-dev-deliveries';

let server: ForCli['server'];
let cli: ForCli['cli'];
let sent: Received[];

const identities = (received: readonly Received[]) =>
  received.map(({ queue, event }) => `${queue} ${event.id} ${event.recordedtime}`).sort();

beforeAll(async () => {
  ({ server, cli } = await startForCli({ LABELRELAY_SOURCES: '' }));
  // One whose id is drawn when it is received, one of three events, one of the other platform.
  await cli('send', 'start-training', 'tasks-created', 'v1-label-created-2023');
  sent = await drain(server.aws);
});
afterAll(stopServers);

test('a dry run lists deliveries, and sends none', async () => {
  const { json } = await cli('replay', '--from', '1h', '--dry-run', '--json');
  expect(json).toEqual([
    { source: 'label-studio', topic: 'task.created', deliveries: 1, wouldSend: 1 },
    { source: 'label-studio', topic: 'training.requested', deliveries: 1, wouldSend: 1 },
    { source: 'labelbox', topic: 'label.created', deliveries: 1, wouldSend: 1 },
  ]);
  expect((await cli('replay', '--from', '1h', '--dry-run')).stdout).toContain('WOULD SEND\n');
  expect((await cli('replay', '--from', '1h')).code).toBe(5);
  expect(await drain(server.aws)).toEqual([]);
});

test('all of it through the pipeline: the same events, ids and times', async () => {
  expect(sent).toHaveLength(5);
  const { code } = await cli('replay', '--from', '1h', '--yes');
  expect(code).toBe(0);
  expect(identities(await drain(server.aws))).toEqual(identities(sent));
  expect((await cli('held', 'list')).stdout).toBe('nothing is held\n');
});

test('one topic, to one queue alone', async () => {
  await cli(
    'replay',
    ...['--from', '1h', '--topic', 'task.created', '--queue', 'unrecognized', '--yes'],
  );
  const received = await drain(server.aws);
  expect(received.map(({ queue }) => queue)).toEqual(Array(3).fill('unrecognized'));
  const tasks = sent.filter(({ queue }) => queue === 'task-created');
  expect(received.map(({ event }) => event.id).sort()).toEqual(
    tasks.map(({ event }) => event.id).sort(),
  );
});

test('only deliveries of a time, or of a source', async () => {
  const [first] = sent.map(({ event }) => event.recordedtime).sort();
  const before = await cli('replay', '--from', '2d', '--to', first, '--dry-run');
  expect([before.code, before.stdout]).toEqual([
    0,
    'no deliveries in the archive for that period\n',
  ]);
  const { json } = await cli(
    'replay',
    '--from',
    first,
    '--source',
    'labelbox',
    '--dry-run',
    '--json',
  );
  expect(json).toMatchObject([{ source: 'labelbox' }]);
  expect((await cli('replay', '--from', 'yesterday')).stderr).toContain('Expected a moment');
  expect((await cli('replay', '--from', '1h', '--to', '2h')).code).toBe(2);
  expect((await cli('replay', '--from', '1h', '--source', 'nobody')).code).toBe(4);
  expect((await cli('replay')).code).toBe(2);
});

test('an unreadable record is named and left out, and the rest is sent', async () => {
  const day = new Date().toISOString().slice(0, 10);
  const Key = `archive/labelbox/${day}/garbage`;
  await s3At(server.aws).send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'garbage' }));
  const { code, stderr } = await cli('replay', '--from', '1h', '--yes');
  expect([code, stderr]).toEqual([3, expect.stringContaining(`left out ${Key}`)]);
  expect(await drain(server.aws)).toHaveLength(sent.length);
  expect((await cli('replay', '--from', '2026-02-31')).code).toBe(2);
});

test('deliveries older than the memory of workers are sent only with a flag, and a warning', async () => {
  const [from = ''] = (await listObjects(server.aws, 'archive/labelbox/')).filter(
    (key) => !key.endsWith('garbage'),
  );
  const received = new Date(Date.now() - 91 * 86_400_000).toISOString();
  const record = (await readObject(server.aws, `s3://${BUCKET}/${from}`)).toString();
  const Body = record.replace(/"receivedAt":"[^"]*"/, `"receivedAt":"${received}"`);
  const Key = from.replace(/\d{4}-\d\d-\d\d/, received.slice(0, 10));
  await s3At(server.aws).send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  const replay = ['replay', '--from', '92d', '--to', '2d', '--source', 'labelbox', '--yes'];
  const without = await cli(...replay);
  expect([without.code, without.stderr]).toEqual([
    3,
    expect.stringMatching(/left out 1 received more than 90 days ago.*--even-if-old/),
  ]);
  expect(await drain(server.aws)).toEqual([]);
  const withIt = await cli(...replay, '--even-if-old');
  expect([withIt.code, withIt.stderr]).toEqual([0, expect.stringContaining('more than 90 days')]);
  const [{ event } = { event: {} }] = await drain(server.aws);
  expect(event.recordedtime).toBe(received);
});

test('without an archive it says how to switch it on', async () => {
  const without = await startForCli({ LABELRELAY_ARCHIVE: 'false' });
  const env = { ...without.env, LABELRELAY_ARCHIVE: 'false' };
  const { code, stderr } = await runCli(['replay', '--from', '1h'], env);
  expect([code, stderr]).toEqual([4, expect.stringContaining('with LABELRELAY_ARCHIVE=true')]);
  const tap = await without.cli('replay', '--from', '1h', '--queue', 'tap');
  expect([tap.code, tap.stderr]).toEqual([4, expect.stringContaining('expected a queue of')]);
});
