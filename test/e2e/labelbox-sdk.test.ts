import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { readConfig } from '../../lib/config/read-config';
import { type Embedded, startAws } from '../../lib/server/start-embedded';
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
    env: { PATH: process.env.PATH, LABELBOX_API_KEY: API_KEY },
  });
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
