import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { DynamoTable } from '../../lib/aws/dynamodb/dynamo-table';
import { startDynamoDb } from '../../lib/server/start-embedded';
import { dynamoDbAt } from './aws-clients';

/** A DynamoDB server in a process of its own, with any number of tables. */
export async function startTables() {
  const { endpoint, stop } = await startDynamoDb(0);
  const client = dynamoDbAt(endpoint);
  return {
    endpoint,
    create: (...keys: string[]) => createTable(client, ...keys),
    stop() {
      client.destroy();
      stop();
    },
  };
}

/** @param keys the names of the partition key and the sort key, both strings */
export async function createTable(
  client: DynamoDBClient,
  ...keys: string[]
): Promise<Required<DynamoTable>> {
  const table = randomUUID();
  const names = keys.length === 0 ? ['key'] : keys;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: names.map((AttributeName, index) => ({
        AttributeName,
        KeyType: index === 0 ? 'HASH' : 'RANGE',
      })),
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const wait = { client, minDelay: 0.02, maxDelay: 0.1, maxWaitTime: 10 };
  await waitUntilTableExists(wait, { TableName: table });
  return { client, table };
}
