import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { readConfig } from '../../lib/config/read-config';
import { pollExport } from '../../lib/platforms/labelbox/listing/export-task';
import { openExport } from '../../lib/platforms/labelbox/listing/read-export';
import { type ExportFilter, startExport } from '../../lib/platforms/labelbox/listing/start-export';
import { type Embedded, startAws } from '../../lib/server/start-embedded';
import { FIRST, labelboxRows } from '../support/labelbox-rows';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { pythonWith } from '../support/python';
import { runCli } from '../support/run-cli';

let aws: Embedded;
let labelbox: LabelboxServer;
let sdk: ChildProcessWithoutNullStreams;
let answers: AsyncIterator<string>;

beforeAll(async () => {
  aws = await startAws(0);
  await createMissing(readConfig({ AWS_ENDPOINT_URL: aws.endpoint }));
  labelbox = await startLabelbox();
  const programs = pythonWith(['labelbox==7.17.0']);
  sdk = spawn(join(programs, 'python'), [join(__dirname, 'labelbox_sdk.py'), labelbox.url], {
    env: { PATH: process.env.PATH, LABELBOX_API_KEY: API_KEY, PYTHONWARNINGS: 'ignore' },
  });
  sdk.stderr.pipe(process.stderr);
  answers = createInterface({ input: sdk.stdout })[Symbol.asyncIterator]();
}, 600_000);
afterAll(async () => {
  sdk?.stdin.end();
  if (sdk) await once(sdk, 'exit');
  labelbox?.stop();
  aws?.stop();
});

/** Sends a command to labelbox_sdk.py. */
async function tell(line: string): Promise<unknown> {
  sdk.stdin.write(`${line}\n`);
  return JSON.parse((await answers.next()).value);
}

const cli = async (...args: string[]) => {
  const env = {
    AWS_ENDPOINT_URL: aws.endpoint,
    LABELBOX_GRAPHQL_URL: labelbox.url,
    LABELBOX_API_KEY: API_KEY,
  };
  return (await runCli(['webhooks', ...args, '--json'], env)).json;
};

test("Labelbox's own client sees our changes, and we see those of the client", async () => {
  const url = 'https://hooks.example.com/webhooks/labelbox';
  await cli('create', 'labelbox', '--url', url, '--topics', 'LABEL_CREATED');
  const ours = { id: 'webhook-1', url, topics: ['LABEL_CREATED'] };
  expect(await tell('list')).toEqual([{ ...ours, status: 'ACTIVE' }]);
  await cli('update', 'labelbox', 'webhook-1', '--topics', 'LABEL_DELETED,WORKFLOW_ACTION');
  await cli('delete', 'labelbox', 'webhook-1', '--yes');
  const topics = ['LABEL_DELETED', 'WORKFLOW_ACTION'];
  expect(await tell('list')).toEqual([{ ...ours, topics, status: 'INACTIVE' }]);

  await tell('create https://theirs.example.com/hook LABEL_UPDATED');
  await tell('update webhook-2 LABEL_CREATED LABEL_UPDATED');
  const theirs = {
    id: 'webhook-2',
    url: 'https://theirs.example.com/hook',
    topics: ['LABEL_CREATED', 'LABEL_UPDATED'],
  };
  const [, seen] = await cli('list', 'labelbox');
  expect(seen).toMatchObject({ ...theirs, status: 'active' });
  await tell('delete webhook-2');
  expect(await cli('list', 'labelbox')).toMatchObject([
    { id: 'webhook-1', status: 'inactive' },
    { id: 'webhook-2', status: 'inactive' },
  ]);
});

test('over 250 webhooks, both page through all of them', async () => {
  const template = labelbox.webhooks[0];
  if (!template) throw new Error('expected a webhook');
  while (labelbox.webhooks.length < 257) {
    labelbox.webhooks.push({ ...template, id: `webhook-${labelbox.webhooks.length + 1}` });
  }
  const ids = (webhooks: unknown) => (webhooks as { id: string }[]).map(({ id }) => id);
  expect(ids(await tell('list'))).toHaveLength(257);
  expect(ids(await cli('list', 'labelbox'))).toEqual(ids(await tell('list')));
});

async function ourExport(filter: Omit<ExportFilter, 'project'> = {}): Promise<unknown[]> {
  const settings = { apiKey: API_KEY, endpoint: labelbox.url, timeoutMs: 30_000 };
  const position = await startExport({ project: 'project-1', ...filter }, settings);
  for await (const _ of pollExport(position.task, settings));
  const { rows } = await openExport(position, settings);
  const all = [];
  for await (const { row } of rows) all.push(row);
  return all;
}

test('both export the same rows, with and without a time, and ask for the same', async () => {
  const { exports } = labelbox;
  const rows = labelboxRows('project-1', 40);
  exports.rows.set('project-1', rows);
  // Its own client decodes each file for itself, so it needs whole lines.
  Object.assign(exports.settings, { cutsLines: false, fileBytes: 5_000, polls: 1 });
  expect(await tell('export project-1')).toEqual(rows);
  expect(exports.files()).toBeGreaterThan(3);
  expect(await ourExport()).toEqual(rows);
  const [from, to] = [FIRST + 3_000, FIRST + 9_000].map((time) => new Date(time));
  if (!from || !to) throw new Error('expected times');
  const [first, last] = [from, to].map((time) => time.toISOString().replace('.000Z', '+0000'));
  expect(await tell(`export project-1 ${first} ${last}`)).toEqual(rows.slice(3, 10));
  expect(await ourExport({ activity: { from, to } })).toEqual(rows.slice(3, 10));
  expect(await tell('export project-1 2020-01-01T00:00:00+0000 2020-01-02T00:00:00+0000')).toEqual(
    [],
  );
  const [theirs, ours, theirsDuring, oursDuring] = exports.inputs;
  // The same but for the name, which differs each time, so that no cached answer comes.
  expect([ours, oursDuring]).toEqual(
    [theirs, theirsDuring].map((input) => ({ ...input, taskName: expect.any(String) })),
  );
});

test('both see the same projects', async () => {
  for (let index = 2; index <= 120; index++) labelbox.projects.add(`project-${index}`);
  expect(await tell('projects')).toEqual([...labelbox.projects]);
});
