import type { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import { inOrder } from '../../lib/consume/in-order';
import { memoryMarks } from '../../lib/consume/memory-marks';
import { buildEvent } from '../../lib/testing/build-event';
import { startTables } from '../support/dynamo';
import { marksContract, marksFormContract } from './marks.contract';

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

marksContract('in memory', async (now) => memoryMarks(now));
marksContract('in DynamoDB', async (now) => dynamoMarks(await tables.create(), now));
marksFormContract(
  'in DynamoDB',
  () => tables.create(),
  async (table) => dynamoMarks(table),
);

test('a new event costs two calls of DynamoDB, and an old or known one costs one', async () => {
  const calls: string[] = [];
  const table = await tables.create();
  const client = new Proxy(table.client, {
    get: (target, name) =>
      name === 'send'
        ? (command: GetItemCommand) => {
            calls.push(command.constructor.name);
            return target.send(command);
          }
        : Reflect.get(target, name),
  });
  const guard = inOrder(dynamoMarks({ ...table, client }));
  const event = (second: number) =>
    buildEvent(
      'label.updated',
      {},
      { subject: 'label/1', sequence: `2026-01-01T00:00:0${second}.000000Z-1` },
    );
  const known = event(2);
  // One more call, for the version of the table.
  await guard(event(0), async () => {});
  calls.splice(0);
  expect(await guard(known, async () => {})).toBe('done');
  expect(calls.splice(0)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
  for (const [old, verdict] of [
    [known, 'duplicate'],
    [event(1), 'stale'],
  ] as const) {
    expect(await guard(old, async () => {})).toBe(verdict);
    // Unlike DynamoDB, this server does not return the existing item, so one more call reads it.
    expect(calls.splice(0)).toEqual(['UpdateItemCommand', 'GetItemCommand']);
  }
});
