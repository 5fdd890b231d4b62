import { afterAll, beforeAll, test } from '@jest/globals';
import { startTables } from '../support/dynamo';
import { inTypeScript, playEffects, playValues } from './on-one-table';

// Every call goes to a real server, so there are fewer of these.
const HISTORIES = process.env.PROPERTY_RUNS ? 500 : 30;

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

test('effects in order, with marks in DynamoDB', async () => {
  await playEffects(HISTORIES, [inTypeScript(await tables.create())]);
});

test('values that are kept in DynamoDB', async () => {
  const table = await tables.create();
  await playValues(HISTORIES, table, [inTypeScript(table)]);
});
