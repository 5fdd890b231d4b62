import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { readConfig } from '../../lib/config/read-config';
import { type Embedded, startAws } from '../../lib/server/start-embedded';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { runCli } from '../support/run-cli';

const URL = 'https://hooks.example.com/webhooks/labelbox';
const TOPICS = ['LABEL_CREATED', 'LABEL_UPDATED', 'LABEL_DELETED', 'WORKFLOW_ACTION'];

let aws: Embedded;
let labelbox: LabelboxServer;

beforeAll(async () => {
  aws = await startAws(0);
  await createMissing(readConfig({ AWS_ENDPOINT_URL: aws.endpoint }));
});
afterAll(() => aws.stop());
beforeEach(async () => {
  labelbox = await startLabelbox();
});
afterEach(() => labelbox.stop());

const cli = (args: readonly string[], env = {}) =>
  runCli(['webhooks', ...args], {
    AWS_ENDPOINT_URL: aws.endpoint,
    LABELBOX_GRAPHQL_URL: labelbox.url,
    LABELBOX_API_KEY: API_KEY,
    LABELBOX_WEBHOOK_SECRET: 'S3CRET',
    ...env,
  });
const create = (...args: string[]) => cli(['create', 'labelbox', '--url', URL, ...args, '--json']);

test('created, listed, changed, deleted; the secret is given and shown nowhere', async () => {
  const created = await create();
  expect(created.json).toMatchObject([
    { id: 'webhook-1', url: URL, topics: TOPICS, status: 'active' },
  ]);
  expect(labelbox.webhooks[0]).toMatchObject({
    url: URL,
    secret: 'S3CRET',
    topics: TOPICS,
    project: null,
  });

  const topics = await cli([
    'update',
    'labelbox',
    'webhook-1',
    '--topics',
    'LABEL_DELETED',
    '--json',
  ]);
  expect(topics.json).toMatchObject([{ topics: ['LABEL_DELETED'], url: URL, status: 'active' }]);
  await cli([
    'update',
    'labelbox',
    'webhook-1',
    '--url',
    'https://other.example.com/x',
    '--status',
    'inactive',
  ]);
  expect(labelbox.webhooks[0]).toMatchObject({
    url: 'https://other.example.com/x',
    status: 'INACTIVE',
    topics: ['LABEL_DELETED'],
  });
  await cli(['update', 'labelbox', 'webhook-1', '--status', 'active']);

  const unasked = await cli(['delete', 'labelbox', 'webhook-1']);
  expect([unasked.code, labelbox.webhooks[0]?.status]).toEqual([5, 'ACTIVE']);
  const deleted = await cli(['delete', 'labelbox', 'webhook-1', '--yes']);
  expect([deleted.code, deleted.stdout]).toEqual([0, 'deleted webhook-1\n']);
  expect(labelbox.webhooks[0]?.status).toBe('INACTIVE');
  const list = await cli(['list', 'labelbox']);
  expect(list.stdout).toContain('inactive');
  for (const { stdout, stderr } of [created, topics, deleted, list]) {
    expect(stdout + stderr).not.toMatch(new RegExp(`S3CRET|${API_KEY}`));
  }
});

test('nothing is registered twice, and nothing else is touched', async () => {
  await create('--project', 'project-1', '--topics', 'LABEL_CREATED');
  const before = JSON.stringify(labelbox.webhooks);
  const twin = await create('--topics', 'LABEL_CREATED,LABEL_UPDATED');
  expect([twin.code, twin.stderr]).toEqual([5, expect.stringContaining('webhook-1')]);
  const slash = await cli(['create', 'labelbox', '--url', `${URL}/`, '--project', 'project-1']);
  expect(slash.code).toBe(5);
  expect(JSON.stringify(labelbox.webhooks)).toBe(before);

  // Other topics, another project and an inactive one are no double.
  expect((await create('--topics', 'LABEL_DELETED')).code).toBe(0);
  labelbox.projects.add('project-2');
  const other = await create('--project', 'project-2', '--topics', 'LABEL_CREATED');
  expect(other.json).toMatchObject([{ project: 'project-2' }]);
  await cli(['delete', 'labelbox', 'webhook-1', '--yes']);
  expect((await create('--project', 'project-1', '--topics', 'LABEL_CREATED')).code).toBe(0);
});

const fill = (count: number) => {
  for (let n = 1; n <= count; n++) {
    labelbox.webhooks.push({
      id: `w-${n}`,
      url: n % 2 ? URL : 'https://elsewhere.example.com/',
      secret: 'theirs',
      topics: ['LABEL_CREATED'],
      status: 'ACTIVE',
      project: n <= 150 ? { id: 'project-1', name: 'One' } : null,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    });
  }
};

test('over 250 webhooks, by pages of 100', async () => {
  fill(253);
  const all = await cli(['list', 'labelbox', '--json']);
  expect(all.json.map(({ id }: { id: string }) => id)).toEqual(
    Array.from({ length: 253 }, (_, n) => `w-${n + 1}`),
  );
  expect(labelbox.calls()).toBe(3);
  const ofProject = await cli(['list', 'labelbox', '--project', 'project-1', '--json']);
  expect(ofProject.json).toHaveLength(150);
  // Its table is as wide as its text where there is no terminal.
  const { stdout } = await cli(['list', 'labelbox']);
  expect(stdout.split('\n')).toHaveLength(1 + 253 + 1);
  expect(stdout).not.toContain('\x1b');
});

test('a key that is missing, wrong or in Secrets Manager alone', async () => {
  const missing = await cli(['list', 'labelbox'], { LABELBOX_API_KEY: undefined });
  expect([missing.code, missing.stderr]).toEqual([
    6,
    'error: expected an API key in LABELBOX_API_KEY, or in Secrets Manager as labelrelay/dev/api-keys/labelbox; got none\n',
  ]);
  const wrong = await cli(['list', 'labelbox'], { LABELBOX_API_KEY: 'wrong-key' });
  expect([wrong.code, wrong.stderr]).toEqual([6, expect.stringContaining('make another under')]);
  expect(wrong.stderr).not.toContain('wrong-key');
});

test('unknown webhooks, and events that Labelbox does not have', async () => {
  const webhook = await cli(['update', 'labelbox', 'nothing', '--status', 'active']);
  expect([webhook.code, webhook.stderr]).toEqual([4, expect.stringContaining('not found')]);
  expect((await cli(['delete', 'labelbox', 'nothing', '--yes'])).code).toBe(4);
  expect((await cli(['list', 'labelbox', '--project', 'nothing'])).code).toBe(4);
  const topic = await create('--topics', 'LABEL_EATEN');
  expect([topic.code, topic.stderr]).toEqual([2, expect.stringContaining('WORKFLOW_ACTION')]);
  const plain = await cli(['create', 'labelbox']);
  expect([plain.code, plain.stderr]).toEqual([2, expect.stringContaining('an https:// URL')]);
  expect(labelbox.webhooks).toEqual([]);
});

test('reading outlasts a bad moment, and nothing is written twice', async () => {
  labelbox.faults.push('rate-limit', 'error');
  expect((await cli(['list', 'labelbox', '--json'])).json).toEqual([]);

  const faults = [
    ['rate-limit', /fewer calls/],
    ['rate-limit-message', /fewer calls/],
    ['error', /internal error \(502\).*not known whether the change was made/],
    ['silence', /no answer within 1 s.*not known whether/],
    ['redirect', /a redirect/],
    ['page', /without data/],
  ] as const;
  for (const [fault, message] of faults) {
    const calls = labelbox.calls();
    const args = ['update', 'labelbox', 'webhook-1', '--status', 'active'];
    labelbox.faults.push(fault);
    // Other answers may take longer on a busy machine.
    const { code, stderr } = await cli(fault === 'silence' ? [...args, '--timeout', '1s'] : args);
    expect([fault, code, stderr]).toEqual([fault, 1, expect.stringMatching(message)]);
    expect([fault, labelbox.calls() - calls]).toEqual([fault, 1]);
  }
  labelbox.stop();
  const nobody = await cli(['update', 'labelbox', 'webhook-1', '--status', 'active']);
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('ECONNREFUSED')]);
});

test('secrets and control characters in answers of Labelbox are not shown', async () => {
  labelbox.faults.push('echo');
  const { code, stderr } = await create('--double');
  expect([code, stderr]).toEqual([5, expect.stringContaining('Labelbox refused it')]);
  expect(stderr).toContain('Bearer ***');
  expect(stderr).not.toMatch(new RegExp(`S3CRET|${API_KEY}|\x1b`));
});

test('a list that begins again and again ends', async () => {
  labelbox.state.isEndless = true;
  fill(100);
  expect((await cli(['list', 'labelbox', '--json'])).json).toHaveLength(100);
  expect(labelbox.calls()).toBe(2);
});

test('a URL without a path gets that of the source, and text that is no URL is refused', async () => {
  const args = ['create', 'labelbox', '--url', 'https://hooks.example.com', '--json'];
  expect((await cli(args)).json).toMatchObject([{ url: URL }]);
  const update = ['update', 'labelbox', 'webhook-1', '--url', 'foo'];
  expect((await cli(update)).code).toBe(2);
  expect(labelbox.webhooks).toMatchObject([{ url: URL }]);
});
