import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { labelboxRows } from '../support/labelbox-rows';
import { startLabels } from '../support/labels-for-cli';

const folder = mkdtempSync(join(tmpdir(), 'labelrelay-from-'));
let labels: Awaited<ReturnType<typeof startLabels>>;
beforeAll(async () => {
  labels = await startLabels();
});
afterAll(async () => {
  await labels?.server.stop();
  rmSync(folder, { recursive: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const reconcile = async (source: string, path: string, ...args: string[]) => {
  const ended = await labels.cli('reconcile', source, '--from', path, '--json', ...args);
  await labels.settled();
  return ended;
};
const toLines = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

test("Labelbox's export fills the store without an API key, and deletes nothing", async () => {
  const rows = labelboxRows('p', 3);
  const first = await reconcile('labelbox', file('all.ndjson', toLines(rows)), '--yes');
  expect([first.code, first.json]).toMatchObject([
    0,
    { projects: [{ id: 'p', listed: 3, recovered: { created: 3, updated: 0, deleted: 0 } }] },
  ]);
  const listed = await labels.list('--source', 'labelbox', '--project', 'p');
  expect(listed.map(({ label }) => label.annotations[0].bbox)).toEqual(
    // left, top, width, height of each row
    [0, 1, 2].map((top) => [2, top, 4, 3]),
  );
  const one = await reconcile('labelbox', file('one.ndjson', toLines(rows.slice(0, 1))), '--yes');
  expect(one.json).toMatchObject({ recovered: 0 });
  expect(await labels.list('--source', 'labelbox', '--project', 'p')).toEqual(listed);
});

/** As `Export`, `JSON` gives it: https://labelstud.io/guide/export */
const task = (id: number, choice: string) => ({
  id,
  annotations: [
    {
      id: id + 100,
      completed_by: 1,
      result: [
        { value: { choices: [choice] }, from_name: 'kind', to_name: 'text', type: 'choices' },
      ],
      was_cancelled: false,
      ground_truth: false,
      created_at: '2026-11-01T10:00:00.000000Z',
      updated_at: '2026-11-01T10:00:00.000000Z',
      lead_time: 3.5,
      task: id,
      project: 7,
    },
  ],
  drafts: [],
  predictions: [],
  data: { text: `text ${id}` },
  meta: {},
  created_at: '2026-11-01T09:00:00.000000Z',
  updated_at: '2026-11-01T10:00:00.000000Z',
  inner_id: id,
  total_annotations: 1,
  cancelled_annotations: 0,
  total_predictions: 0,
  project: 7,
});

test("Label Studio's JSON export does the same", async () => {
  const path = file('tasks.json', JSON.stringify([task(1, 'a'), task(2, 'b')], undefined, 2));
  const dry = await reconcile('label-studio', path, '--dry-run');
  // Two tasks and two labels.
  expect([dry.code, dry.json.recovered]).toEqual([3, 4]);
  expect((await reconcile('label-studio', path, '--yes')).json).toMatchObject({ recovered: 4 });
  const listed = await labels.list('--source', 'label-studio', '--project', '7');
  expect(
    listed.map(({ subject, label }) => [subject, label.classifications[0].answers[0].name]),
  ).toEqual([
    ['label/101', 'a'],
    ['label/102', 'b'],
  ]);
  expect((await reconcile('label-studio', path, '--yes')).json).toMatchObject({ recovered: 0 });
});

test('a project that is not in the file is told', async () => {
  const path = file('other.json', JSON.stringify([task(3, 'a')]));
  const { code, stderr } = await reconcile('label-studio', path, '--project', '99', '--yes');
  expect([code, stderr]).toEqual([4, expect.stringContaining('project 99 in the file')]);
});

test.each([
  ['no file', 'missing.json', undefined, 'ENOENT'],
  ['a page', 'page.json', '<html>', 'got something else behind 0 objects'],
  ['an export of another platform', 'other.ndjson', '{"id":1,"project":7}\n', 'as row 1'],
  [
    'a file that is cut off',
    'cut.ndjson',
    '{"data_row":{"id":"a"},"projects":{"p":{',
    'whole objects',
  ],
  ['an empty file', 'empty.ndjson', '', 'got no row'],
  ['an export of nothing', 'nothing.json', '[]', 'got no row'],
])('%s is told, and nothing is published', async (_, name, text, told) => {
  const path = text === undefined ? join(folder, name) : file(name, text);
  const { code, stderr } = await reconcile('labelbox', path, '--yes');
  expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
});
