import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoLabelTable } from '../../lib/aws/dynamodb/dynamo-label-table';
import type { Item } from '../../lib/aws/dynamodb/dynamo-table';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import { memoryValues } from '../../lib/consume/memory-values';
import { UnknownVersion } from '../../lib/consume/wait';
import type { Burial, LabelRow } from '../../lib/project-labels/projection';
import { startTables } from '../support/dynamo';
import { dynamoValuesContract, valuesContract } from './values.contract';

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

valuesContract('in memory', async () => {
  const values = memoryValues<unknown>();
  return { values, read: async (key) => new Map(values.entries()).get(key)?.value };
});
dynamoValuesContract(
  'in DynamoDB',
  () => tables.create(),
  async (table) => dynamoValues(table),
);

test('a table of labels in an unknown format is not touched', async () => {
  const table = await tables.create('key', 'item');
  const put = (key: string, item: string, more: Item) =>
    table.client.send(
      new PutItemCommand({
        TableName: table.table,
        Item: { key: { S: key }, item: { S: item }, ...more },
      }),
    );
  const row = { labels: [], parents: { '/s/task/1': '' } };
  const keep = (key: string, value: LabelRow | Burial = row, sequence = '2') =>
    dynamoLabelTable(table).keep(key, { sequence, id: 'a' }, value);
  const kept = { sequence: { S: '1' }, id: { S: 'a' }, labels: { S: '[]' } };
  await put('/s/label/before', 'state', kept);
  await put('/s/label/later', 'state', { ...kept, version: { N: '2' } });
  await expect(keep('/s/label/before')).rejects.toBeInstanceOf(UnknownVersion);
  await expect(keep('/s/label/later', row, '0')).rejects.toBeInstanceOf(UnknownVersion);
  expect(await keep('/s/label/now')).toBe(true);
  expect(await keep('/s/label/now')).toBe(false);
  // It would bury the others.
  await expect(keep('/s/task/1', { buries: true })).rejects.toBeInstanceOf(UnknownVersion);
  await put('/s/task/2', 'gone', {});
  const under = { ...row, parents: { '/s/task/2': '' } };
  await expect(keep('/s/label/new', under)).rejects.toBeInstanceOf(UnknownVersion);
  await put('#table', '#table', { version: { N: '2' } });
  await expect(keep('/s/label/newer')).rejects.toThrow('of the table');
});
