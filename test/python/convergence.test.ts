import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inTypeScript, type PlayedBy, playEffects, playValues } from '../convergence/on-one-table';
import { startTables } from '../support/dynamo';
import { PythonBridge } from '../support/python-bridge';

const HISTORIES = process.env.PROPERTY_RUNS ? 500 : 12;

let tables: Awaited<ReturnType<typeof startTables>>;
let python: PythonBridge;
beforeAll(async () => {
  tables = await startTables();
  python = new PythonBridge();
});
afterAll(() => {
  python.stop();
  tables.stop();
});

/** A worker in each language on a new table, and how many events each has had. */
async function startWorkers() {
  const table = { ...(await tables.create()), endpoint: tables.endpoint };
  const languages: Record<string, PlayedBy> = {
    typescript: inTypeScript(table),
    python: (played) => python.play(table, played),
  };
  const events = { typescript: 0, python: 0 };
  const workers = Object.entries(languages).map(([language, play]): PlayedBy => {
    return (played) => {
      events[language as keyof typeof events]++;
      return play(played);
    };
  });
  return { table, workers, events };
}

test('effects in order: workers in both languages on one table end in the same state', async () => {
  const { workers, events } = await startWorkers();
  await playEffects(HISTORIES, workers);
  expect(Math.min(events.typescript, events.python)).toBeGreaterThan(HISTORIES);
  process.stdout.write(`events in order: ${JSON.stringify(events)}\n`);
});

test('values: workers in both languages on one table keep the newest', async () => {
  const { table, workers, events } = await startWorkers();
  await playValues(HISTORIES, table, workers);
  expect(Math.min(events.typescript, events.python)).toBeGreaterThan(HISTORIES);
  process.stdout.write(`events of values: ${JSON.stringify(events)}\n`);
});
