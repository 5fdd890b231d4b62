import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoMilestones } from '../../lib/aws/dynamodb/dynamo-milestones';
import { UnknownVersion } from '../../lib/consume/wait';
import { type Items, update } from '../../lib/milestones/items';
import { memoryMilestones } from '../../lib/milestones/memory-milestones';
import { startTables } from '../support/dynamo';

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

const one = { key: '/s/label/1', item: 'subject' };
const other = { key: '/s/label/1', item: 'unordered' };

describe.each<[string, () => Promise<Items>]>([
  ['in memory', async () => memoryMilestones()],
  ['in DynamoDB', async () => dynamoMilestones(await tables.create('key', 'item'))],
])('the items of milestones %s', (_, make) => {
  test('an item is written once for each revision', async () => {
    const items = await make();
    expect(await items.read([one])).toEqual([undefined]);
    expect(await items.put(one, { a: 1 }, 0)).toBe(true);
    expect(await items.put(one, { a: 2 }, 0)).toBe(false);
    expect(await items.put(one, { a: 2 }, 1)).toBe(true);
    expect(await items.put(one, { a: 3 }, 1)).toBe(false);
    expect(await items.put(other, 'x', 1)).toBe(false);
    expect(await items.read([other, one])).toEqual([undefined, { value: { a: 2 }, revision: 2 }]);
  });

  test('changes of many workers are all kept', async () => {
    const items = await make();
    await items.put(one, 0, 0);
    const add = () => update<number>(items, one, (value = 0) => value + 1);
    await Promise.all(Array.from({ length: 4 }, add));
    expect((await items.read([one]))[0]?.value).toBe(4);
  });

  test('a change that changes nothing writes nothing', async () => {
    const items = await make();
    expect(await update<number>(items, one, (value) => value)).toBeUndefined();
    expect(await items.read([one])).toEqual([undefined]);
  });

  test('the values under a key are listed by item, and no others', async () => {
    const items = await make();
    await items.put(other, 2, 0);
    await items.put(one, 1, 0);
    await items.put({ key: '/s/label/10', item: 'subject' }, 3, 0);
    const found: unknown[] = [];
    for await (const value of items.under('/s/label/1')) found.push(value);
    expect(found).toEqual([1, 2]);
  });
});

test('an item of another version is not touched', async () => {
  const table = await tables.create('key', 'item');
  const items = dynamoMilestones(table);
  await items.put(one, 1, 0);
  await table.client.send(
    new UpdateItemCommand({
      TableName: table.table,
      Key: { key: { S: one.key }, item: { S: one.item } },
      UpdateExpression: 'SET version = :two',
      ExpressionAttributeValues: { ':two': { N: '2' } },
    }),
  );
  await expect(items.read([one])).rejects.toThrow(UnknownVersion);
  expect(await items.put(one, 2, 1)).toBe(false);
});
