import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { SECRET, type StartedServer, startServer, stopServers } from '../support/faces';
import { drain, type Received } from '../support/read-queues';
import { runCli } from '../support/run-cli';
import { type LabelStudio, startLabelStudio, TEXT_CONFIG } from './label-studio-server';

let studio: LabelStudio;
let server: StartedServer;
let project: number;

beforeAll(async () => {
  [studio, server] = await Promise.all([startLabelStudio(), startServer()]);
  ({ id: project } = await studio.call('POST', '/api/projects/', {
    title: 'From a real server',
    label_config: TEXT_CONFIG,
  }));
  await studio.call('POST', '/api/webhooks/', {
    project,
    url: `${server.url}/webhooks/label-studio`,
    send_payload: true,
    send_for_all_actions: true,
    headers: { Authorization: `Bearer ${SECRET}` },
  });
}, 900_000);

afterAll(async () => {
  await studio?.stop();
  await stopServers();
});

afterEach(async () => {
  expect(await drain(server.aws)).toEqual([]);
});

/** The events so far. Label Studio sends the webhook within the request that caused it. */
async function events(): Promise<Received['event'][]> {
  const received = (await drain(server.aws)).map(({ event }) => event);
  expect(JSON.stringify(received)).not.toMatch(/"token"|task_data_|label_config_hash/);
  return received;
}

const tasks: string[] = [];
let annotation: number;
let sequence: string;

test('three imported tasks', async () => {
  const list = [{ text: 'one' }, { text: 'zwei' }, { text: 'drei 😀' }];
  await studio.call('POST', `/api/projects/${project}/import`, list);
  const received = await events();
  expect(received.map(({ type }) => type)).toEqual(Array(3).fill('labelrelay.task.created'));
  expect(
    received.map(({ data }) => data.task.content).sort((a, b) => (a.text < b.text ? -1 : 1)),
  ).toEqual([...list].sort((a, b) => (a.text < b.text ? -1 : 1)));
  tasks.push(...received.map(({ data }) => data.task.id).sort());
});

test('an annotation that is created, updated and deleted', async () => {
  const result = [
    { value: { choices: ['pos'] }, from_name: 'label', to_name: 'text', type: 'choices' },
    {
      id: 'span',
      value: { start: 0, end: 3, text: 'one', labels: ['PER'] },
      from_name: 'ner',
      to_name: 'text',
      type: 'labels',
    },
  ];
  const path = `/api/tasks/${tasks[0]}/annotations/`;
  ({ id: annotation } = await studio.call('POST', path, { result, lead_time: 2.5 }));
  const [created] = await events();
  expect(created).toMatchObject({
    type: 'labelrelay.label.created',
    subject: `label/${annotation}`,
    sequence: expect.stringMatching(/^\d{4}-.*\d{6}Z-0$/),
    partitionkey: `label-studio/${project}`,
    data: {
      event: 'ANNOTATION_CREATED',
      project: { id: String(project), name: 'From a real server' },
      dataRow: { id: tasks[0], content: { text: 'one' } },
      labels: [
        {
          id: String(annotation),
          skipped: false,
          secondsToLabel: 2.5,
          annotations: [{ id: 'span', name: 'PER', kind: 'text-span', start: 0, end: 3 }],
          classifications: [{ name: 'label', type: 'radio', answers: [{ name: 'pos' }] }],
        },
      ],
    },
  });

  await studio.call('PATCH', `/api/annotations/${annotation}/`, { result: [] });
  const [updated] = await events();
  expect(updated).toMatchObject({
    type: 'labelrelay.label.updated',
    data: { labels: [{ annotations: [] }] },
  });
  expect(updated.sequence > created.sequence).toBe(true);

  await studio.call('DELETE', `/api/annotations/${annotation}/`);
  const [deleted] = await events();
  expect(deleted).toMatchObject({
    type: 'labelrelay.label.deleted',
    subject: `label/${annotation}`,
    data: { event: 'ANNOTATIONS_DELETED', labels: [{ id: String(annotation), deleted: true }] },
  });
  expect(deleted.sequence > updated.sequence).toBe(true);
});

test('a skipped task', async () => {
  const path = `/api/tasks/${tasks[1]}/annotations/?was_cancelled=1`;
  await studio.call('POST', path, { result: [], was_cancelled: true });
  const [skipped] = await events();
  expect(skipped).toMatchObject({
    type: 'labelrelay.label.created',
    data: { labels: [{ skipped: true }] },
  });
});

test('a project that is renamed', async () => {
  await studio.call('PATCH', `/api/projects/${project}/`, { title: 'Renamed' });
  const received = await events();
  expect(received.at(-1)).toMatchObject({
    type: 'labelrelay.project.updated',
    subject: `project/${project}`,
    data: { project: { name: 'Renamed', counts: { tasks: 3 } } },
  });
  sequence = received.at(-1).sequence;
  expect(sequence).toMatch(/Z-1$/);
});

test('training, through a connection to an ML backend', async () => {
  const { id } = await studio.call('POST', '/api/ml/', {
    project,
    title: 'labelrelay',
    url: `${server.url}/training/label-studio`,
    auth_method: 'BASIC_AUTH',
    basic_auth_user: 'labelrelay',
    basic_auth_pass: SECRET,
  });
  await events();
  await studio.call('POST', `/api/ml/${id}/train`, {});
  const training = (await events()).filter(({ type }) => type === 'labelrelay.training.requested');
  expect(training).toMatchObject([
    {
      subject: `project/${project}`,
      data: { event: 'START_TRAINING', project: { id: String(project) } },
    },
  ]);
  expect(server.output().stderr).not.toContain('access_token');
});

test('all tasks deleted at once', async () => {
  await studio.call('POST', `/api/dm/actions?id=delete_tasks&project=${project}`, {
    project: String(project),
    selectedItems: { all: true, excluded: [] },
  });
  const received = (await events()).filter(({ type }) => type === 'labelrelay.task.deleted');
  expect(received.map(({ subject }) => subject).sort()).toEqual(tasks.map((id) => `task/${id}`));
});

test('our command line manages its webhooks, with both kinds of token', async () => {
  const { id } = await studio.call('POST', '/api/projects/', {
    title: 'Ours',
    label_config: TEXT_CONFIG,
  });
  await drain(server.aws);
  // A user creates it in the account settings. Here the legacy token creates it.
  const { token: personal } = await studio.call('POST', '/api/token/');
  for (const LABEL_STUDIO_API_KEY of [studio.token, personal]) {
    const webhooks = async (...args: string[]) => {
      const env = {
        AWS_ENDPOINT_URL: server.aws,
        PORT: new URL(server.url).port,
        LABEL_STUDIO_URL: studio.url,
        LABEL_STUDIO_API_KEY,
      };
      const { json, stderr } = await runCli(['webhooks', ...args, '--json'], env);
      expect(stderr).toBe('');
      return json;
    };
    const [webhook] = await webhooks('create', 'label-studio', '--project', String(id));
    expect(webhook).toMatchObject({ project: String(id), topics: 'all', status: 'active' });

    await studio.call('PATCH', `/api/projects/${id}/`, { title: 'Ours, renamed' });
    expect((await events()).map(({ type }) => type)).toEqual(['labelrelay.project.updated']);
    const change = ['--topics', 'TASKS_CREATED', '--status', 'inactive'];
    await webhooks('update', 'label-studio', webhook.id, ...change);
    await studio.call('PATCH', `/api/projects/${id}/`, { title: 'Ours' });
    expect(await webhooks('list', 'label-studio', '--project', String(id))).toMatchObject([
      { id: webhook.id, topics: ['TASKS_CREATED'], status: 'inactive' },
    ]);
    await webhooks('delete', 'label-studio', webhook.id, '--yes');
    expect(await webhooks('list', 'label-studio', '--project', String(id))).toEqual([]);
  }
});
