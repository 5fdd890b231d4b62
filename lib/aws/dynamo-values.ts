import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Values } from '../consume/keep-newest';
import {
  type DynamoTable,
  namesIn,
  older,
  positionValues,
  refusalOf,
  toAttribute,
  toExpires,
  usedIn,
} from './dynamo-table';
import { expectKnown, KNOWN, tableVersion, versionAttribute, versionValue } from './table-version';

/**
 * Values in a DynamoDB table whose partition key is `key`, a string, and whose time to live is
 * `expires`: each as JSON in `value`, beside the `sequence` and `id` of the event that made it. A
 * value is kept in one call.
 *
 * @throws UnknownVersion for a table, or an item, in a form that is not known here
 */
export function dynamoValues<V>({ client = new DynamoDBClient(), table }: DynamoTable): Values<V> {
  const TableName = table;
  const expectTable = tableVersion({ client, table });
  return {
    async keep(key, position, value, expiresAt) {
      await expectTable();
      const { sequence, id } = position;
      const ConditionExpression = `${KNOWN} AND (${older(position)})`;
      const command = new PutItemCommand({
        TableName,
        Item: {
          key: { S: key },
          version: versionAttribute,
          sequence: { S: sequence },
          id: { S: id },
          value: value === null ? { NULL: true } : toAttribute(value),
          ...(expiresAt !== undefined && { expires: toExpires(expiresAt) }),
        },
        ConditionExpression,
        ExpressionAttributeNames: namesIn(ConditionExpression),
        ExpressionAttributeValues: {
          ...versionValue,
          ...usedIn(ConditionExpression, positionValues(position)),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const refusal = await refusalOf(client.send(command));
      if (!refusal) return true;
      // A server that does not tell what was there is asked.
      expectKnown(refusal.Item ?? (await read(key)), table);
      return false;
    },
  };

  async function read(key: string) {
    const command = new GetItemCommand({ TableName, Key: { key: { S: key } } });
    return (await client.send(command)).Item;
  }
}
