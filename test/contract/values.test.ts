import { afterAll, beforeAll } from '@jest/globals';
import { dynamoValues } from '../../lib/aws/dynamodb/dynamo-values';
import { memoryValues } from '../../lib/consume/memory-values';
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
