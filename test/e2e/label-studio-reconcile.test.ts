import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually';
import { SECRET, stopServers } from '../support/faces';
import { type Line, startLabels } from '../support/labels-for-cli';
import { type LabelStudio, startLabelStudio, TEXT_CONFIG } from './label-studio-server';

let studio: LabelStudio;
let labels: Awaited<ReturnType<typeof startLabels>>;
const projects: number[] = [];

beforeAll(async () => {
  [studio, labels] = await Promise.all([startLabelStudio(), startLabels()]);
  for (const title of ['heard', 'unheard']) {
    projects.push(
      (await studio.call('POST', '/api/projects/', { title, label_config: TEXT_CONFIG })).id,
    );
  }
}, 900_000);

afterAll(async () => {
  await studio?.stop();
  await stopServers();
});

const choice = (value: string) => [
  { from_name: 'label', to_name: 'text', type: 'choices', value: { choices: [value] } },
];
const span = (start: number, end: number) => [
  { from_name: 'ner', to_name: 'text', type: 'labels', value: { start, end, labels: ['PER'] } },
];

// biome-ignore lint/suspicious/noExplicitAny: the answers of Label Studio, whose members the test names
type Answer = any;
const get = async (path: string): Promise<Answer> => {
  const answer = await fetch(studio.url + path, {
    headers: { authorization: `Token ${studio.token}` },
  });
  return answer.json();
};

const reconcile = (...args: string[]) =>
  labels.cliWith(
    { LABEL_STUDIO_URL: studio.url, LABEL_STUDIO_API_KEY: studio.token },
    ...['reconcile', 'label-studio', '--lag', '0s', '--yes', '--json', ...args],
  );

/** Every annotation of the platform's own export, which has nothing to do with the lists that are compared. */
async function expectEqual(): Promise<void> {
  const there = await annotations();
  const stored = await eventually(
    () => labels.list('--source', 'label-studio'),
    ({ length }) => length === there.length,
  );
  expect(stored.map(({ label }: Line) => label.id).sort()).toEqual(
    there.map(({ id }) => String(id)).sort(),
  );
  for (const { label, dataRow, project } of stored) {
    const real = there.find(({ id }) => String(id) === label.id);
    expect(label).toMatchObject({
      createdAt: real.created_at,
      updatedAt: real.updated_at,
      skipped: real.was_cancelled,
      groundTruth: real.ground_truth,
    });
    expect(project.id).toBe(String(real.project));
    expect(dataRow.content).toEqual(real.content);
    const answers = real.result.flatMap(({ value }: Answer) => value.choices ?? value.labels);
    expect(
      [
        ...label.classifications.flatMap((each: Answer) => each.answers.map((a: Answer) => a.name)),
        ...label.annotations.map((each: Answer) => each.name),
      ].sort(),
    ).toEqual(answers.sort());
  }
}

async function annotations(): Promise<Answer[]> {
  const found: Answer[] = [];
  for (const { id } of (await get('/api/projects/?page_size=100')).results) {
    for (const task of await get(
      `/api/projects/${id}/export?exportType=JSON&download_all_tasks=true`,
    )) {
      found.push(
        ...task.annotations.map((each: Answer) => ({ ...each, project: id, content: task.data })),
      );
    }
  }
  return found;
}

const tasksOf = async (project: number): Promise<number[]> =>
  (await get(`/api/tasks/?project=${project}&page_size=1000`)).tasks.map(({ id }: Answer) => id);

test('an annotation told by a webhook is not found again', async () => {
  const [project = 0] = projects;
  await studio.call('POST', '/api/webhooks/', {
    project,
    url: `${labels.server.url}/webhooks/label-studio`,
    send_payload: true,
    send_for_all_actions: true,
    headers: { Authorization: `Bearer ${SECRET}` },
  });
  await studio.call('POST', `/api/projects/${project}/import`, [{ text: 'one' }, { text: 'zwei' }]);
  const [first, second] = await tasksOf(project);
  const { id } = await studio.call('POST', `/api/tasks/${first}/annotations/`, {
    result: choice('pos'),
  });
  await studio.call('PATCH', `/api/annotations/${id}/`, {
    result: [...choice('neg'), ...span(0, 2)],
  });
  await studio.call('POST', `/api/tasks/${second}/annotations/?was_cancelled=1`, { result: [] });
  await eventually(
    () => labels.list(),
    ({ length }) => length === 2,
  );
  const { code, json, stderr } = await reconcile(
    '--full',
    '--project',
    String(project),
    '--dry-run',
  );
  expect({ code, stderr, json }).toMatchObject({
    // No webhook tells of the project itself.
    json: {
      projects: [{ listed: 2, recovered: { created: 1, updated: 0, deleted: 0 } }],
      unreadable: 0,
    },
  });
});

test('an empty store is filled, and a second run finds nothing', async () => {
  const [, project = 0] = projects;
  const texts = Array.from({ length: 250 }, (_, n) => ({ text: `text ${n}` }));
  await studio.call('POST', `/api/projects/${project}/import`, texts);
  const tasks = await tasksOf(project);
  for (const task of tasks.slice(0, 20)) {
    await studio.call('POST', `/api/tasks/${task}/annotations/`, { result: choice('pos') });
  }
  const first = await reconcile('--full');
  expect({ code: first.code, stderr: first.stderr }).toMatchObject({ code: 0 });
  // 250 tasks, 20 labels, and both projects.
  expect(first.json).toMatchObject({ recovered: 272, unreadable: 0 });
  await expectEqual();
  expect((await reconcile('--full')).json).toMatchObject({ recovered: 0, unreadable: 0 });
  expect((await reconcile()).json).toMatchObject({ recovered: 0 });
}, 300_000);

test('edits and deletions without a webhook are found', async () => {
  const [, project = 0] = projects;
  const [one = 0, two = 0, three = 0, four] = await tasksOf(project);
  const own = (await annotations()).filter((each) => each.project === project);
  const of = (task: number) => own.find((each) => each.task === task).id;
  await studio.call('PATCH', `/api/annotations/${of(one)}/`, {
    result: span(0, 3),
    was_cancelled: true,
  });
  await studio.call('DELETE', `/api/annotations/${of(two)}/`);
  await studio.call('DELETE', `/api/tasks/${three}/`);
  await studio.call('POST', `/api/tasks/${four}/annotations/`, {
    result: choice('neg'),
    ground_truth: true,
  });

  const since = await reconcile('--project', String(project));
  expect(since.json).toMatchObject({
    recovered: 3,
    projects: [{ recovered: { created: 1, updated: 1, deleted: 1 } }],
  });
  // A deleted task is in no list of changes.
  const full = await reconcile('--full');
  expect(full.json).toMatchObject({ recovered: 1 });
  await expectEqual();
  expect((await reconcile('--full', '--dry-run')).code).toBe(0);
});

test('a personal access token works as a legacy token does, where there is one', async () => {
  const answer = await studio.call('POST', '/api/token/').catch((error: Error) => error.message);
  if (typeof answer === 'string') {
    // Versions before 1.17 have legacy tokens alone.
    expect([process.env.LABEL_STUDIO, answer]).toEqual([
      expect.stringMatching(/^1\.(\d|1[0-6])\./),
      expect.stringContaining('404'),
    ]);
    return;
  }
  const { token = '' } = answer;
  const { code, json, stderr } = await labels.cliWith(
    { LABEL_STUDIO_URL: studio.url, LABEL_STUDIO_API_KEY: token },
    ...['reconcile', 'label-studio', '--full', '--lag', '0s', '--yes', '--json'],
  );
  expect({ code, stderr, json }).toMatchObject({ code: 0, json: { recovered: 0 } });
});

test('a project that is deleted goes with its labels', async () => {
  const [, project = 0] = projects;
  await studio.call('DELETE', `/api/projects/${project}/`);
  expect((await reconcile('--full')).json).toMatchObject({ recovered: 1 });
  await expectEqual();
  expect((await reconcile('--full')).json).toMatchObject({ recovered: 0 });
});
