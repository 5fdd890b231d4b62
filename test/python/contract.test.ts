import { afterAll, beforeAll } from '@jest/globals';
import { marksContract, marksFormContract } from '../contract/marks.contract';
import { dynamoValuesContract, valuesContract } from '../contract/values.contract';
import { startTables } from '../support/dynamo';
import { PythonBridge } from '../support/python-bridge';

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

const create = async () => ({ ...(await tables.create()), endpoint: tables.endpoint });

marksContract('in Python, in memory', (now) => python.marks(now));
marksContract('in Python, in DynamoDB', async (now) => python.marks(now, await create()));
valuesContract('in Python, in memory', async () => {
  const values = await python.values();
  return { values, read: async (key) => (await values.newest(key))?.value };
});
dynamoValuesContract('in Python, in DynamoDB', create, (table) =>
  python.values({ ...table, endpoint: tables.endpoint }),
);
marksFormContract('in Python, in DynamoDB', create, (table) =>
  python.marks(Date.now, { ...table, endpoint: tables.endpoint }),
);
