import { PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { ItemKey, Items, Revised } from '../../milestones/items';
import {
  type DynamoTable,
  type Item,
  isWritten,
  namesIn,
  toAttribute,
  usedIn,
} from './dynamo-table';
import { readAll } from './read-all';
import { expectKnown, KNOWN, tableVersion, versionAttribute, versionValue } from './table-version';

/**
 * The items of milestones in a DynamoDB table with the partition key `key` and the sort key `item`. Every item has the
 * `version` of its form, a `value` as JSON, and its `revision`. Reads are consistent.
 */
export function dynamoMilestones({ client, table }: Required<DynamoTable>): Items {
  const TableName = table;
  const expectTable = tableVersion({ client, table }, 'item');
  const keyOf = ({ key, item }: ItemKey): Item => ({ key: { S: key }, item: { S: item } });
  const textOf = ({ key, item }: Item): string => `${key?.S}\n${item?.S}`;

  return {
    async read(keys) {
      await expectTable();
      const found = await readAll(client, TableName, keys.map(keyOf));
      const items = new Map(found.map((item) => [textOf(item), toRevised(item)]));
      return keys.map((key) => items.get(textOf(keyOf(key))));
    },

    async put(key, value, revision) {
      await expectTable();
      const ConditionExpression =
        revision === 0 ? 'attribute_not_exists(#key)' : `${KNOWN} AND #revision = :revision`;
      const command = new PutItemCommand({
        TableName,
        Item: {
          ...keyOf(key),
          version: versionAttribute,
          revision: { N: String(revision + 1) },
          value: toAttribute(value),
        },
        ConditionExpression,
        ExpressionAttributeNames: namesIn(ConditionExpression),
        ...(revision > 0 && {
          ExpressionAttributeValues: usedIn(ConditionExpression, {
            ...versionValue,
            ':revision': { N: String(revision) },
          }),
        }),
      });
      return isWritten(client.send(command));
    },

    async *under(key) {
      await expectTable();
      const pages = paginateQuery(
        { client },
        {
          TableName,
          ConsistentRead: true,
          KeyConditionExpression: '#key = :key',
          ExpressionAttributeNames: { '#key': 'key' },
          ExpressionAttributeValues: { ':key': { S: key } },
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) yield toRevised(item).value;
      }
    },
  };

  function toRevised(item: Item): Revised<unknown> {
    expectKnown(item, table);
    return { value: JSON.parse(item.value?.S ?? 'null'), revision: Number(item.revision?.N ?? 0) };
  }
}
