import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Position } from '../consume/position';
import { RetryLater } from '../consume/retry-later';
import { UnknownVersion } from '../consume/wait';
import type { LabelRow, LabelTable } from '../project-labels/projection';
import {
  type DynamoTable,
  type Item,
  isWritten,
  OLDER,
  positionValues,
  refusalOf,
  toAttribute,
  toExpires,
} from './dynamo-table';
import {
  expectKnown,
  ITEM_VERSION,
  KNOWN,
  tableVersion,
  versionAttribute,
  versionValue,
} from './table-version';

/** The items under a key: what is known of it, that it is gone, and what goes along with it. */
const STATE = 'state';
const GONE = 'gone';
const HOLDS = 'holds ';

/**
 * A DynamoDB table with the partition key `key`, the sort key `item`, and the time to live `expires`.
 * Every item has the `version` of its form. A label is live when its `state` has `labels` and is not `buried`.
 *
 * A label writes its links, then itself, then looks whether a parent is gone. A parent writes that it
 * is gone, then looks for links. Reads are consistent, so that one of the two sees the other.
 */
export function dynamoLabelTable({
  client = new DynamoDBClient(),
  table,
}: DynamoTable): LabelTable {
  const TableName = table;
  const expectTable = tableVersion({ client, table }, 'item');
  const idOf = (key: string, item: string): Item => ({ key: { S: key }, item: { S: item } });

  const put = (key: string, item: string) =>
    client.send(
      new PutItemCommand({ TableName, Item: { ...idOf(key, item), version: versionAttribute } }),
    );

  async function keepRow(
    key: string,
    position: Position,
    row: LabelRow | null,
    expiresAt?: number,
  ): Promise<boolean> {
    const link = (parent: string) => put(parent, HOLDS + key);
    await Promise.all((row?.parents ?? []).map(link));
    const isKept = await writeRow(key, position, row, expiresAt);
    // Also when it is known already: a worker may have died right here.
    if (row && (await hasGone(row.parents))) await buryRow(key);
    return isKept;
  }

  async function writeRow(
    key: string,
    position: Position,
    row: LabelRow | null,
    expiresAt = 0,
  ): Promise<boolean> {
    const command = new UpdateItemCommand({
      TableName,
      Key: idOf(key, STATE),
      UpdateExpression: row
        ? 'SET #version = :version, #sequence = :sequence, #id = :id, #labels = :labels REMOVE #expires'
        : 'SET #version = :version, #sequence = :sequence, #id = :id, #expires = :expires REMOVE #labels',
      ConditionExpression: `${KNOWN} AND (${OLDER})`,
      ExpressionAttributeNames: {
        ...{ '#key': 'key', '#version': 'version', '#sequence': 'sequence', '#id': 'id' },
        ...{ '#labels': 'labels', '#expires': 'expires' },
      },
      ExpressionAttributeValues: {
        ...versionValue,
        ...positionValues(position),
        ...(row ? { ':labels': toAttribute(row.labels) } : { ':expires': toExpires(expiresAt) }),
      },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const refusal = await refusalOf(client.send(command));
    if (!refusal) return true;
    // A server that does not tell what was there is asked.
    for (const item of refusal.Item ? [refusal.Item] : await read([idOf(key, STATE)])) {
      expectKnown(item, table);
    }
    return false;
  }

  async function hasGone(parents: readonly string[]): Promise<boolean> {
    if (parents.length === 0) return false;
    const gone = await read(parents.map((parent) => idOf(parent, GONE)));
    return gone.length > 0;
  }

  async function read(Keys: Item[]): Promise<Item[]> {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    if (Object.keys(UnprocessedKeys ?? {}).length > 0) {
      throw new RetryLater('expected every key to be read, got some unprocessed');
    }
    const items = Responses?.[TableName] ?? [];
    for (const item of items) expectKnown(item, table);
    return items;
  }

  async function bury(parent: string): Promise<void> {
    await put(parent, GONE);
    const pages = paginateQuery(
      { client },
      {
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: '#key = :key AND begins_with(#item, :holds)',
        ExpressionAttributeNames: { '#key': 'key', '#item': 'item' },
        ExpressionAttributeValues: { ':key': { S: parent }, ':holds': { S: HOLDS } },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { item } of Items) await buryRow((item?.S ?? '').slice(HOLDS.length));
    }
  }

  async function buryRow(key: string): Promise<void> {
    const isBuried = await isWritten(
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: idOf(key, STATE),
          UpdateExpression: 'SET #version = :version, buried = :true',
          ConditionExpression: KNOWN,
          ExpressionAttributeNames: { '#key': 'key', '#version': 'version' },
          ExpressionAttributeValues: { ...versionValue, ':true': { BOOL: true } },
        }),
      ),
    );
    if (!isBuried)
      throw new UnknownVersion(`the items in the table ${table}`, ITEM_VERSION, 'another');
  }

  return {
    async keep(key, position, value, expiresAt) {
      await expectTable();
      if (value === null || 'labels' in value) return keepRow(key, position, value, expiresAt);
      await bury(key);
      return true;
    },
  };
}
