import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ExportWait, pollExport } from '../../lib/platforms/labelbox/listing/export-task';
import { labelboxListing } from '../../lib/platforms/labelbox/listing/listing';
import {
  type ExportPosition,
  openExport,
  type ReadOptions,
} from '../../lib/platforms/labelbox/listing/read-export';
import { type ExportFilter, startExport } from '../../lib/platforms/labelbox/listing/start-export';
import type { FileFault } from '../support/labelbox-exports';
import { FIRST, labelboxRows } from '../support/labelbox-rows';
import {
  API_KEY,
  type Fault,
  type LabelboxServer,
  startLabelbox,
} from '../support/labelbox-server';

const PROJECT = 'project-1';
const QUICK: ReadOptions & ExportWait = { pollMs: 5, longestMs: 1_000, retryMs: 1 };

let labelbox: LabelboxServer;
beforeEach(async () => {
  labelbox = await startLabelbox();
  labelbox.exports.rows.set(PROJECT, labelboxRows(PROJECT, 5));
});
afterEach(() => labelbox.stop());

/** Only tests of silence wait for the end of this. */
const TIMEOUT_MS = 20_000;
const settings = (timeoutMs = TIMEOUT_MS) => ({
  apiKey: API_KEY,
  endpoint: labelbox.url,
  timeoutMs,
});
const start = (filter: Partial<ExportFilter> = {}) =>
  startExport({ project: PROJECT, ...filter }, settings());

/** Everything behind a position, and the position behind each row. */
async function readAll(position: ExportPosition, options = QUICK, timeoutMs = TIMEOUT_MS) {
  for await (const _ of pollExport(position.task, settings(timeoutMs), options));
  const { rows, total, failed } = await openExport(position, settings(timeoutMs), options);
  const all = [];
  for await (const row of rows) all.push(row);
  return { all, rows: all.map(({ row }) => row), total, failed };
}
const rowsOf = () => labelbox.exports.rows.get(PROJECT) ?? [];

test('every row comes as it is exported, with all its groups of members', async () => {
  labelbox.exports.settings.polls = 3;
  expect(await readAll(await start())).toMatchObject({ rows: rowsOf(), total: 5, failed: 0 });
});

test('activity is asked for in whole seconds of UTC, and never less of it', async () => {
  const during = async (from: number, to: number) =>
    (
      await readAll(
        await start({ activity: { from: new Date(FIRST + from), to: new Date(FIRST + to) } }),
      )
    ).rows;
  expect(await during(1_000, 3_000)).toEqual(rowsOf().slice(1, 4));
  expect(await during(1_999, 2_001)).toEqual(rowsOf().slice(1, 4));
  expect(await during(9_000, 10_000)).toEqual([]);
  const [{ filters } = { filters: undefined }] = labelbox.exports.inputs;
  // The first request of Labelbox's own client, with the times 03:00:01 and 03:00:03.
  expect(filters).toEqual({
    projectId: PROJECT,
    searchQuery: {
      scope: null,
      query: [
        {
          type: 'data_row_last_activity_at',
          value: {
            operator: 'BETWEEN',
            timezone: 'UTC',
            value: { min: '2026-11-27T03:00:01+0000', max: '2026-11-27T03:00:03+0000' },
          },
        },
      ],
    },
  });
});

test('single rows can be asked for', async () => {
  const { rows } = await readAll(await start({ rows: ['row-1', 'row-4', 'row-9'] }));
  expect(rows).toEqual([rowsOf()[1], rowsOf()[4]]);
});

test('an abort ends the wait for rows by id, and does not look like rows that are gone', async () => {
  labelbox.exports.settings.polls = 1_000;
  const listing = labelboxListing(settings(), { ...QUICK, longestMs: 60_000 });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const reading = (async () => {
    for await (const _ of listing.find({ id: PROJECT }, ['row-1'], { forms: [] }, stop.signal));
  })();
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

test('rows are found by id, at most 2,000 to a filter, and unknown ids are absent', async () => {
  const ids = ['row-0', 'row-1', ...Array.from({ length: 1_999 }, (_, n) => `none-${n}`), 'row-4'];
  const found: string[] = [];
  const listing = labelboxListing(settings(), QUICK);
  for await (const row of listing.find({ id: PROJECT }, ids, { forms: [] })) found.push(row.id);
  expect(found).toEqual(['row-0', 'row-1', 'row-4']);
  expect(labelbox.exports.inputs).toHaveLength(2);
});

test('wherever files end, every row comes once, and reading can go on behind any of them', async () => {
  const expected = rowsOf();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9_000 }), fc.boolean(), async (bytes, cuts) => {
      // Many tiny files take long.
      labelbox.exports.settings.fileBytes = Math.max(bytes, 300);
      labelbox.exports.settings.cutsLines = cuts;
      const { all, rows } = await readAll(await start());
      expect(rows).toEqual(expected);
      for (const [index, { next }] of all.entries()) {
        expect((await readAll(next)).rows).toEqual(expected.slice(index + 1));
      }
    }),
    { numRuns: 8 },
  );
});

const FAULTS: FileFault[] = ['cut', 'short', 'long', 'expired', 'silence'];

test.each(FAULTS)('a file that ends with "%s", in any place, is read again', async (fault) => {
  const count = await readAll(await start()).then(() => labelbox.exports.files());
  expect(count).toBe(5);
  for (let at = 0; at < count; at++) {
    labelbox.exports.faults.splice(0, Infinity, ...Array(at).fill(undefined), fault);
    const timeoutMs = fault === 'silence' ? 700 : TIMEOUT_MS;
    expect((await readAll(await start(), QUICK, timeoutMs)).rows).toEqual(rowsOf());
  }
});

test.each(FAULTS)(
  'a file that always ends with "%s" is an error without its address',
  async (fault) => {
    const position = await start();
    labelbox.exports.faults.push(...Array(50).fill(fault));
    const timeoutMs = fault === 'silence' ? 700 : TIMEOUT_MS;
    const { rows } = await openExport(position, settings(timeoutMs), QUICK);
    const read = async () => {
      for await (const _ of rows);
    };
    const error = await read().catch((error: Error) => error);
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(String(error)).toMatch(/expected \d+ bytes of a file of Labelbox's export, got/);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/SIGNED|files\//);
  },
);

test('a line that is no row is told apart, the rows behind it come, and failed rows are counted', async () => {
  const [first, second, third] = labelboxRows(PROJECT, 3);
  if (!first || !second || !third) throw new Error('expected three rows');
  labelbox.exports.rows.set(PROJECT, [first, Object.assign(second, { toJSON: () => [1] }), third]);
  labelbox.exports.settings.failedRows = 2;
  expect(await readAll(await start())).toMatchObject({
    rows: [first, undefined, third],
    failed: 2,
    total: 3,
  });
});

test('an export that fails, lasts too long or is forgotten is an error that says so', async () => {
  labelbox.exports.settings.status = 'FAILED';
  await expect(start().then((each) => readAll(each))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('got FAILED'),
  });
  labelbox.exports.settings.polls = 1_000;
  await expect(
    start().then((each) => readAll(each, { ...QUICK, longestMs: 30 })),
  ).rejects.toMatchObject({ code: 'unavailable' });
  await expect(readAll({ task: 'task-99', offset: 0 })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(start({ project: 'nothing' })).rejects.toMatchObject({ code: 'not-found' });
});

const ANSWERS: Fault[] = ['rate-limit-message', 'error', 'silence'];

test('a bad answer to any call is outlasted', async () => {
  // Start, user, status, two sizes, one file.
  const calls = 6;
  const read = async (at: number) => {
    const server = await startLabelbox();
    try {
      server.exports.rows.set(PROJECT, rowsOf());
      server.exports.settings.fileBytes = 1_000_000;
      server.faults.push(...Array(at).fill(undefined), ANSWERS[at % ANSWERS.length]);
      const to = { ...settings(2_000), endpoint: server.url };
      const position = await startExport({ project: PROJECT }, to);
      for await (const _ of pollExport(position.task, to, QUICK));
      const { rows } = await openExport(position, to, QUICK);
      const all = [];
      for await (const { row } of rows) all.push(row);
      expect([all, server.calls()]).toEqual([rowsOf(), calls + 1]);
    } finally {
      server.stop();
    }
  };
  await Promise.all(Array.from({ length: calls }, (_, at) => read(at)));
});

test('a file is asked for when the rows before it were taken, so memory never holds two', async () => {
  labelbox.exports.settings.cutsLines = false;
  labelbox.exports.settings.fileBytes = 1;
  const { rows } = await openExport(await start(), settings(), QUICK);
  let taken = 0;
  for await (const _ of rows) {
    taken++;
    // Each row has a file of its own.
    expect(labelbox.exports.files()).toBe(taken);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(taken).toBe(5);
});
