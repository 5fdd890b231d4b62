import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

export type TableKeys = Pick<
  CreateTableCommandInput,
  'AttributeDefinitions' | 'KeySchema' | 'BillingMode'
>;

/** Creates a table unless another process has, and waits until it can be used. */
export async function createTable(
  client: DynamoDBClient,
  TableName: string,
  keys: TableKeys,
): Promise<void> {
  await client.send(new CreateTableCommand({ TableName, ...keys })).catch((error) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  const wait = { client, minDelay: 0.05, maxDelay: 0.5, maxWaitTime: 20 };
  await waitUntilTableExists(wait, { TableName });
}
