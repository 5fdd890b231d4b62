import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually';
import { stopServers } from '../support/faces';
import {
  FAKE_TOKEN,
  type FakeServer,
  startFakeLabelStudio,
} from '../support/fake-label-studio/start';
import { FakeStudio } from '../support/fake-label-studio/studio';
import { type Line, startLabels } from '../support/labels-for-cli';

const studio = new FakeStudio(Date.now);
let server: FakeServer;
let labels: Awaited<ReturnType<typeof startLabels>>;
beforeAll(async () => {
  [server, labels] = await Promise.all([startFakeLabelStudio(studio), startLabels()]);
  const { id } = studio.createProject();
  studio.importTasks(id, ['one', 'two', 'three']);
  for (const task of studio.tasks.values()) studio.annotate(task, 'a');
});
afterAll(async () => {
  server.stop();
  await stopServers();
});

const reconcile = (...args: string[]) =>
  labels.cliWith(
    { LABEL_STUDIO_URL: server.url, LABEL_STUDIO_API_KEY: FAKE_TOKEN },
    ...['reconcile', 'label-studio', '--lag', '0s', '--limit', '1000/s', ...args],
  );

const doctor = async () => {
  const { json } = await labels.cliWith({}, 'doctor', '--no-probe', '--json');
  return json.find(({ check }: { check: string }) => check === 'reconcile label-studio');
};

test('a dry run finds, and says so with its exit code', async () => {
  expect(await doctor()).toMatchObject({ state: 'skipped' });
  const { code, json } = await reconcile('--full', '--dry-run', '--json');
  expect([code, json]).toEqual([
    3,
    {
      source: 'label-studio',
      dryRun: true,
      projects: [{ id: '1', listed: 3, recovered: { created: 7, updated: 0, deleted: 0 } }],
      recovered: 7,
      unreadable: 0,
    },
  ]);
  expect(await labels.list()).toEqual([]);
});

test('nothing is published without a yes', async () => {
  const { code, stderr } = await reconcile('--full');
  expect([code, stderr]).toEqual([5, expect.stringContaining('--yes')]);
  expect(await labels.list()).toEqual([]);
});

test('the store is filled, and the second run waits for it and finds nothing', async () => {
  const first = await reconcile('--full', '--yes', '--json');
  expect([first.code, first.stderr, first.json.recovered]).toEqual([0, '', 7]);
  const second = await reconcile('--yes', '--json');
  expect([second.code, second.json]).toMatchObject([0, { dryRun: false, recovered: 0 }]);
  const stored = await eventually(
    () => labels.list(),
    ({ length }) => length === 3,
  );
  expect(stored.map(({ label }: Line) => label.id)).toEqual(['1', '2', '3']);
  expect(await doctor()).toMatchObject({ state: 'ok' });
});

test('the report is a table, and doctor warns of it', async () => {
  const [task] = studio.tasks.values();
  if (task) studio.deleteTask(task);
  const { code, stdout } = await reconcile('--full', '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /PROJECT +LABELS +CREATED +UPDATED +DELETED\n1 +2 +0 +0 +1\n1 events were/,
  );
  expect(await doctor()).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('1 events had no webhook'),
  });
});

test('a wrong key, a key of another organization, and wrong arguments', async () => {
  const wrong = { LABEL_STUDIO_URL: server.url, LABEL_STUDIO_API_KEY: 'wrong' };
  const denied = await labels.cliWith(wrong, 'reconcile', 'label-studio', '--full', '--yes');
  expect([denied.code, denied.stderr]).toEqual([
    6,
    expect.stringContaining('does not take the key'),
  ]);
  studio.organization = 2;
  const refused = await reconcile('--full', '--yes');
  expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining('organization 1')]);
  studio.organization = 1;
  expect((await reconcile('--full', '--since', '1h', '--yes')).code).toBe(2);
  expect((await reconcile('--project', '9', '--yes')).code).toBe(4);
  expect((await labels.cli('reconcile', 'nobody', '--yes')).code).toBe(4);
  expect((await labels.list()).length).toBe(2);
});

test('without --project, the projects of the schedule are compared', async () => {
  studio.createProject();
  const run = (LABELRELAY_RECONCILE_PROJECTS: string) =>
    labels.cliWith(
      {
        LABEL_STUDIO_URL: server.url,
        LABEL_STUDIO_API_KEY: FAKE_TOKEN,
        LABELRELAY_RECONCILE_PROJECTS,
      },
      ...['reconcile', 'label-studio', '--dry-run', '--json', '--limit', '1000/s'],
    );
  const idsOf = ({ json }: Awaited<ReturnType<typeof run>>) =>
    json.projects.map(({ id }: { id: string }) => id);
  const all = idsOf(await run(''));
  expect(all.length).toBeGreaterThan(1);
  expect(idsOf(await run(all.at(-1)))).toEqual([all.at(-1)]);
});
