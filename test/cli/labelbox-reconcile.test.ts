import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { FakeLabelbox, type LabelboxWebhook } from '../support/fake-labelbox';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { startLabels } from '../support/labels-for-cli';

let labels: Awaited<ReturnType<typeof startLabels>>;
let labelbox: LabelboxServer;
let box: FakeLabelbox;

beforeAll(async () => {
  [labels, labelbox] = await Promise.all([startLabels(), startLabelbox()]);
  labelbox.exports.rowsOf = (project) => box.exported(project);
});
afterAll(async () => {
  labelbox?.stop();
  await labels?.server.stop();
});
beforeEach(() => {
  box = new FakeLabelbox(Date.now, false);
});

/** Makes a project that no other test has. */
function project(id: string, version: 1 | 2): void {
  box.projects.set(id, { id, version });
  labelbox.projects.clear();
  labelbox.projects.add(id);
}
function label(row: string, project: string, choice: string): LabelboxWebhook {
  const content = `https://storage.example.com/${row}.jpg`;
  box.rows.set(row, { id: row, project, content, activity: Date.now() });
  const stored = box.rows.get(row);
  if (!stored) throw new Error('expected the row');
  return box.createLabel(stored, choice, false);
}

const reconcile = async (...args: string[]) => {
  await labels.settled();
  const env = { LABELBOX_GRAPHQL_URL: labelbox.url, LABELBOX_API_KEY: API_KEY };
  const options = ['--lag', '0s', '--json', ...args];
  const ended = await labels.cliWith(env, 'reconcile', 'labelbox', ...options);
  await labels.settled();
  return ended;
};
const recovered = async (...args: string[]) => {
  const { json, stderr } = await reconcile(...args);
  return json?.projects[0]?.recovered ?? stderr;
};
const stored = async (project: string) =>
  (await labels.list('--source', 'labelbox', '--project', project)).map((line) => [
    line.subject,
    line.label.classifications[0].answers[0].name,
  ]);

test('an empty store is filled, changes are found once, and gone labels are deleted', async () => {
  project('fill', 2);
  for (const row of ['one', 'two', 'three']) label(row, 'fill', 'a');
  const dry = await reconcile('--full', '--dry-run');
  expect([dry.code, dry.json]).toEqual([
    3,
    {
      source: 'labelbox',
      dryRun: true,
      projects: [{ id: 'fill', listed: 3, recovered: { created: 3, updated: 0, deleted: 0 } }],
      recovered: 3,
      unreadable: 0,
    },
  ]);
  expect(await stored('fill')).toEqual([]);
  expect(await recovered('--full', '--yes')).toEqual({ created: 3, updated: 0, deleted: 0 });
  const subject = (row: string) => `project/fill/data-row/${row}/labels`;
  expect(await stored('fill')).toEqual([
    [subject('one'), 'a'],
    [subject('three'), 'a'],
    [subject('two'), 'a'],
  ]);
  expect(await recovered('--full', '--yes')).toEqual({ created: 0, updated: 0, deleted: 0 });

  const [first, second] = [...box.labels.values()];
  if (!first || !second) throw new Error('expected labels');
  box.edit(first, 'b');
  expect(await recovered('--since', '1h', '--yes')).toEqual({ created: 0, updated: 1, deleted: 0 });
  box.deleteLabel(second);
  box.deleteRow({ id: 'three', project: 'fill', content: '', activity: 0 });
  expect(await recovered('--full', '--yes')).toEqual({ created: 0, updated: 0, deleted: 2 });
  expect(await stored('fill')).toEqual([[subject('one'), 'b']]);
});

test('every label of a row is counted, and a row without labels is none', async () => {
  project('count', 2);
  label('eight', 'count', 'a');
  label('eight', 'count', 'b');
  box.rows.set('nine', { id: 'nine', project: 'count', content: '', activity: Date.now() });
  expect((await reconcile('--full', '--dry-run')).json.projects).toEqual([
    { id: 'count', listed: 2, recovered: { created: 1, updated: 0, deleted: 0 } },
  ]);
});

test('a project with webhooks of version 1 keeps its subjects, and finds no difference in their form', async () => {
  project('first', 1);
  const told = label('four', 'first', 'a');
  expect((await labels.labelbox(told.body, told.event)).status).toBe(202);
  expect(await recovered('--full', '--yes')).toEqual({ created: 0, updated: 0, deleted: 0 });
  const [only] = [...box.labels.values()];
  if (!only) throw new Error('expected a label');
  label('five', 'first', 'c');
  box.edit(only, 'b');
  expect(await recovered('--full', '--yes')).toEqual({ created: 1, updated: 1, deleted: 0 });
  const subjects = [...box.labels.keys()].map((id) => `label/${id}`);
  expect(await stored('first')).toEqual([
    [subjects[1], 'c'],
    [subjects[0], 'b'],
  ]);
  box.deleteRow({ id: 'four', project: 'first', content: '', activity: 0 });
  expect(await recovered('--full', '--yes')).toEqual({ created: 0, updated: 0, deleted: 1 });
  expect(await stored('first')).toEqual([[subjects[1], 'c']]);
});

test('an export that is not whole, a failed one, or a key that sees nothing deletes nothing', async () => {
  project('whole', 2);
  for (const row of ['six', 'seven']) label(row, 'whole', 'a');
  await recovered('--full', '--yes');
  const before = await stored('whole');
  expect(before).toHaveLength(2);
  const { settings } = labelbox.exports;

  box.deleteRow({ id: 'six', project: 'whole', content: '', activity: 0 });
  settings.failedRows = 1;
  const partial = await reconcile('--full', '--yes');
  expect([partial.code, partial.stderr]).toEqual([
    1,
    expect.stringContaining('without 1 that could not be read'),
  ]);
  settings.failedRows = 0;
  settings.status = 'FAILED';
  expect((await reconcile('--full', '--yes')).stderr).toContain('got FAILED');
  settings.status = 'COMPLETE';
  labelbox.projects.clear();
  const blind = await reconcile('--full', '--yes');
  expect([blind.code, blind.stderr]).toEqual([0, expect.stringContaining('--project whole')]);
  expect(await stored('whole')).toEqual(before);

  // Asked for by its name, a project that Labelbox does not have is deleted.
  box.projects.delete('whole');
  const gone = await recovered('--full', '--yes', '--project', 'whole');
  expect(gone).toEqual({ created: 0, updated: 0, deleted: 2 });
  expect(await stored('whole')).toEqual([]);
});
