import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { fixtures } from '../support/fixtures';
import { LEGACY_TOKEN, startLabelStudioStub } from '../support/label-studio-stub';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { startLabels } from '../support/labels-for-cli';

let labels: Awaited<ReturnType<typeof startLabels>>;
let studio: Awaited<ReturnType<typeof startLabelStudioStub>>;
let labelbox: LabelboxServer;

beforeAll(async () => {
  labels = await startLabels();
});
afterAll(() => labels?.server.stop());
beforeEach(async () => {
  [studio, labelbox] = await Promise.all([startLabelStudioStub(), startLabelbox()]);
});
afterEach(() => {
  studio.stop();
  labelbox.stop();
});

const ensure = (...args: string[]) =>
  labels.cliWith(
    {
      LABEL_STUDIO_URL: studio.url,
      LABEL_STUDIO_API_KEY: LEGACY_TOKEN,
      LABELBOX_GRAPHQL_URL: labelbox.url,
      LABELBOX_API_KEY: API_KEY,
    },
    ...['webhooks', 'ensure', ...args, '--json'],
  );

const URL = 'https://hooks.example.com/webhooks/labelbox';
const inLabelbox = (...args: string[]) => ensure('labelbox', '--url', URL, ...args);

test('every project of Label Studio gets its webhook, active, with the needed events, and no other is changed', async () => {
  studio.state.projects = [1, 2, 3, 4];
  const dry = await ensure('label-studio', '--all-projects', '--dry-run');
  expect([dry.code, studio.webhooks]).toEqual([3, []]);
  expect(dry.json).toEqual(['1', '2', '3', '4'].map((project) => ({ project, did: 'created' })));

  expect((await ensure('label-studio', '--project', '1', '--project', '2')).code).toBe(0);
  const [first, second] = studio.webhooks;
  if (!first || !second) throw new Error('expected two webhooks');
  expect(first).toMatchObject({ project: 1, is_active: true, send_for_all_actions: true });
  // One was switched off, one reports too little, and one of another receiver is as somebody wants it.
  first.is_active = false;
  Object.assign(second, { send_for_all_actions: false, actions: ['TASKS_CREATED'] });
  const foreign = { ...second, id: 3, project: 3, url: 'https://other.example.com/hook' };
  studio.webhooks.push({ ...foreign, is_active: false });

  const { json, code } = await ensure('label-studio', '--all-projects');
  expect([code, json]).toEqual([
    0,
    [
      { project: '1', id: '1', did: 'changed' },
      { project: '2', id: '2', did: 'changed' },
      { project: '3', id: '4', did: 'created' },
      { project: '4', id: '5', did: 'created' },
    ],
  ]);
  expect(studio.webhooks).toMatchObject([
    { is_active: true, send_for_all_actions: true },
    {
      actions: ['TASKS_CREATED', 'ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_DELETED'],
    },
    { url: foreign.url, is_active: false, actions: ['TASKS_CREATED'] },
    { project: 3, is_active: true },
    { project: 4, is_active: true },
  ]);
  const again = await ensure('label-studio', '--all-projects', '--dry-run');
  expect([again.code, again.json.map(({ did }: { did: string }) => did)]).toEqual([
    0,
    Array(4).fill('nothing'),
  ]);
});

test('without a project, only those that have a webhook are looked after', async () => {
  studio.state.projects = [1, 2];
  const none = await ensure('label-studio');
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--all-projects')]);
  await ensure('label-studio', '--project', '2');
  for (const webhook of studio.webhooks) webhook.is_active = false;
  expect((await ensure('label-studio')).json).toEqual([{ project: '2', id: '1', did: 'changed' }]);
  const unknown = await ensure('label-studio', '--project', '9');
  expect([unknown.code, studio.webhooks.length]).toEqual([4, 1]);
});

test('Labelbox gets one webhook of the organization, which serves every project', async () => {
  const created = await inLabelbox('--all-projects');
  expect(created.json).toEqual([{ id: 'webhook-1', did: 'created' }]);
  const [webhook] = labelbox.webhooks;
  if (!webhook) throw new Error('expected a webhook');
  expect(webhook).toMatchObject({ url: URL, project: null, status: 'ACTIVE' });
  Object.assign(webhook, { status: 'INACTIVE', topics: ['LABEL_CREATED', 'WORKFLOW_ACTION'] });
  expect((await inLabelbox()).json).toEqual([{ id: 'webhook-1', did: 'changed' }]);
  expect(labelbox.webhooks).toMatchObject([
    {
      status: 'ACTIVE',
      topics: ['LABEL_CREATED', 'WORKFLOW_ACTION', 'LABEL_UPDATED', 'LABEL_DELETED'],
    },
  ]);
});

test('if projects of Labelbox have webhooks of their own, each further project gets one', async () => {
  await inLabelbox('--project', 'project-1');
  labelbox.projects.add('project-2');
  expect((await inLabelbox('--all-projects')).json).toEqual([
    { project: 'project-1', id: 'webhook-1', did: 'nothing' },
    { project: 'project-2', id: 'webhook-2', did: 'created' },
  ]);
});

test('if the store has labels of version 2, Labelbox is refused, with the remedy', async () => {
  const row = fixtures().find(({ name }) => name === 'v2-label-updated-image');
  if (!row) throw new Error('expected the fixture');
  expect((await labels.labelbox(JSON.parse(row.body.toString()))).status).toBe(202);
  await labels.settled();
  const { code, stderr } = await inLabelbox('--all-projects');
  expect([code, labelbox.webhooks]).toEqual([5, []]);
  expect(stderr).toMatch(/version 2 are made in the app of Labelbox alone.*hooks\.example\.com/);
});
