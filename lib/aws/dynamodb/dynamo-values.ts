import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { Position } from '../../consume/position';
import type { ReadableValues } from '../../consume/values';
import {
  type DynamoTable,
  type Item,
  namesIn,
  older,
  positionValues,
  refusalOf,
  toAttribute,
  toExpires,
  usedIn,
} from './dynamo-table';
import { expectKnown, KNOWN, versionAttribute, versionValue } from './table-version';
import { workerTable } from './worker-table';

/**
 * Values in a DynamoDB table. The table has the string partition key `key` and the time-to-live attribute `expires`.
 * If DynamoDB is on this machine, a missing table is created.
 * An item has `value` as JSON, and the `sequence` and `id` of the event that made it. To read a value takes one call, and
 * so does keeping one. `all()` scans the table.
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
export function dynamoValues<V>({
  client = new DynamoDBClient(),
  table,
}: DynamoTable): ReadableValues<V> {
  const TableName = table;
  const expectTable = workerTable({ client, table });
  return {
    async putIfNewer(key, position, value, expiresAt, over) {
      await expectTable();
      const { sequence, id } = position;
      const ConditionExpression = `${KNOWN} AND (${older(position)})${replaced(over)}`;
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
          ...(over && { ':overSequence': { S: over.sequence }, ':overId': { S: over.id } }),
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const refusal = await refusalOf(client.send(command));
      if (!refusal) return true;
      // An emulator may omit the old item: then read it.
      expectKnown(refusal.Item ?? (await read(key)), table);
      return false;
    },

    async newest(key) {
      await expectTable();
      const item = await read(key);
      expectKnown(item, table);
      if (!item) return undefined;
      return { sequence: item.sequence?.S ?? '', id: item.id?.S ?? '', value: toValue(item) };
    },

    async *all() {
      await expectTable();
      for await (const { Items = [] } of paginateScan({ client }, { TableName })) {
        for (const item of Items) {
          const key = item.key?.S ?? '';
          // Other keys are of the table itself.
          if (!key.startsWith('/')) continue;
          expectKnown(item, table);
          const value = toValue(item);
          if (value !== null) yield [key, value];
        }
      }
    },
  };

  async function read(key: string): Promise<Item | undefined> {
    const command = new GetItemCommand({
      TableName,
      Key: { key: { S: key } },
      ConsistentRead: true,
    });
    return (await client.send(command)).Item;
  }

  function toValue({ value }: Item): V | null {
    return value?.S === undefined ? null : (JSON.parse(value.S) as V);
  }
}

/** The condition that a position is the stored one. */
function replaced(over: Position | null | undefined): string {
  if (over === undefined) return '';
  if (over === null) return ' AND attribute_not_exists(#sequence)';
  return ' AND #sequence = :overSequence AND #id = :overId';
}
