import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Values } from '../../consume/keep-newest';
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
 * Values in a DynamoDB table. The table has the string partition key `key` and the time-to-live attribute `expires`.
 * An item has `value` as JSON, and the `sequence` and `id` of the event that made it. Keeping a value takes one call.
 *
 * @throws UnknownVersion if the table or an item has a form that this version does not know
 *
 * @example
 * ```ts
 * import { createWorker, dynamoValues, keepNewest } from 'labelrelay/worker';
 *
 * const guard = keepNewest(dynamoValues<number>({ table: 'label-counts' }));
 * const worker = createWorker(
 *   { 'label.updated': ({ data }) => data.labels?.length ?? 0 },
 *   { guard },
 * );
 * console.log(typeof worker); // function
 * ```
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
      // An emulator may omit the old item: then read it.
      expectKnown(refusal.Item ?? (await read(key)), table);
      return false;
    },
  };

  async function read(key: string) {
    const command = new GetItemCommand({ TableName, Key: { key: { S: key } } });
    return (await client.send(command)).Item;
  }
}
