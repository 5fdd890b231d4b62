import { type DynamoDBClient, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { isLoopback } from '../client/client-options';
import { createTable } from './create-table';
import type { DynamoTable } from './dynamo-table';
import { tableVersion } from './table-version';

/**
 * A table of marks or values. If DynamoDB is on this machine, a missing table is created.
 *
 * @returns a function that checks the table's version once. @throws UnknownVersion if the table has another version
 */
export function workerTable({ client, table }: Required<DynamoTable>): () => Promise<void> {
  const expectTable = tableVersion({ client, table });
  return async () => {
    try {
      await expectTable();
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException) || !(await isLocal(client))) throw error;
      await createTable(client, table, {
        AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      });
      await expectTable();
    }
  };
}

/** A client does not tell an endpoint that it has from the environment. */
async function isLocal({ config }: DynamoDBClient): Promise<boolean> {
  const given = await config.endpoint?.();
  const url = given
    ? `${given.protocol}//${given.hostname}`
    : process.env.AWS_ENDPOINT_URL_DYNAMODB || process.env.AWS_ENDPOINT_URL;
  return url ? isLoopback(url) : false;
}
