import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually';
import { startServer, stopServers } from '../support/faces';
import { drain } from '../support/read-queues';
import { runCli } from '../support/run-cli';
import { deliver } from '../support/send';

const RULES = [
  { name: 'retrain', on: ['label.created'], by: 'project', count: 500, quiet: '1h' },
  { name: 'idle', on: ['label.deleted'], by: 'source', count: 1 },
];

let server: Awaited<ReturnType<typeof startServer>>;
let cli: (...args: string[]) => ReturnType<typeof runCli>;
beforeAll(async () => {
  server = await startServer({
    LABELRELAY_SOURCES: '',
    LABELRELAY_LABEL_STORE: 'false',
    LABELRELAY_MILESTONES: JSON.stringify(RULES),
  });
  const port = (name: string): string =>
    new URL(new RegExp(`^${name} (.*)$`, 'm').exec(server.output().stdout)?.[1] ?? '').port;
  const env = { AWS_PORT: port('aws endpoint'), DYNAMODB_PORT: port('dynamodb endpoint') };
  cli = (...args) => runCli(['milestones', ...args, '--local'], env);
});
afterAll(stopServers);

const lines = async () =>
  (await cli('list', '--json')).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('rules are listed with what changed, and one is fired', async () => {
  // This command does not have the rules in its environment. Nothing has happened yet.
  expect(await lines()).toMatchObject([
    { rule: 'retrain', by: 'project', count: 500, quietSeconds: 3_600 },
    { rule: 'idle' },
  ]);
  const early = await cli('fire', 'retrain');
  expect([early.code, early.stderr]).toEqual([5, expect.stringContaining('got none')]);

  for (const id of ['a', 'b', 'b']) {
    const label = {
      id,
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      label: '{"objects":[],"classifications":[]}',
      project: { id: 'p' },
      dataRow: { id: 'r' },
    };
    const sent = await deliver(server.url, label, { 'x-labelbox-event': 'LABEL_CREATED' });
    expect(sent.status).toBe(202);
  }
  const [retrain] = await eventually(lines, ([first]) => first.subjects === 2);
  expect(retrain).toMatchObject({ source: 'labelbox', project: 'p', epoch: 1 });
  expect(retrain.due).toEqual({
    at: new Date(Date.parse(retrain.lastAt) + 3_600_000).toISOString(),
    reason: 'quiet',
  });
  const { stdout } = await cli('list');
  expect(stdout).toMatch(/retrain +labelbox +p +2 of 500 +quiet in \d+m, or at 500 +0 times/);
  expect(stdout).toMatch(/idle +- +- +0 of 1 +at 1 +-/);

  const fired = await cli('fire', 'retrain', '--project', 'p', '--json');
  expect([fired.code, JSON.parse(fired.stdout)]).toEqual([
    0,
    { rule: 'retrain', source: 'labelbox', project: 'p', epoch: 1, subjects: 2, fired: true },
  ]);
  const [event] = await drain(server.aws, ['milestone-reached']);
  expect(event?.event.data).toMatchObject({ rule: 'retrain', reason: 'manual', subjects: 2 });
  expect((await cli('fire', 'retrain', '--project', 'p')).code).toBe(5);
  const wrong = await cli('fire', 'rerain');
  expect([wrong.code, wrong.stderr]).toEqual([
    4,
    expect.stringContaining('expected a rule of retrain, idle, got rerain'),
  ]);
});

test('a deployment without milestones says how to switch them on', async () => {
  const other = await startServer({ LABELRELAY_SOURCES: '', LABELRELAY_LABEL_STORE: 'false' });
  const ended = await runCli(['milestones', 'list', '--local'], {
    AWS_PORT: new URL(other.aws).port,
  });
  expect([ended.code, ended.stderr]).toEqual([4, expect.stringContaining('set `milestones`')]);
});
