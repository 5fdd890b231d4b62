import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Position } from '../consume/position';
import { RetryLater } from '../consume/retry-later';
import type { LabelRow, LabelTable } from '../project-labels/projection';
import {
  type DynamoTable,
  type Item,
  isWritten,
  OLDER,
  positionValues,
  toAttribute,
  toExpires,
} from './dynamo-table';

/** The items under a key: what is known of it, that it is gone, and what goes along with it. */
const STATE = 'state';
const GONE = 'gone';
const HOLDS = 'holds ';

/**
 * A DynamoDB table with the partition key `key`, the sort key `item`, and the time to live `expires`.
 * A label is live when its `state` has `labels` and is not `buried`.
 *
 * A label writes its links, then itself, then looks whether a parent is gone. A parent writes that it
 * is gone, then looks for links. Reads are consistent, so that one of the two sees the other.
 */
export function dynamoLabelTable({
  client = new DynamoDBClient(),
  table,
}: DynamoTable): LabelTable {
  const TableName = table;
  const idOf = (key: string, item: string): Item => ({ key: { S: key }, item: { S: item } });

  async function keepRow(
    key: string,
    position: Position,
    row: LabelRow | null,
    expiresAt?: number,
  ): Promise<boolean> {
    const link = (parent: string) =>
      client.send(new PutItemCommand({ TableName, Item: idOf(parent, HOLDS + key) }));
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
        ? 'SET #sequence = :sequence, #id = :id, #labels = :labels REMOVE #expires'
        : 'SET #sequence = :sequence, #id = :id, #expires = :expires REMOVE #labels',
      ConditionExpression: OLDER,
      ExpressionAttributeNames: {
        ...{ '#sequence': 'sequence', '#id': 'id' },
        ...{ '#labels': 'labels', '#expires': 'expires' },
      },
      ExpressionAttributeValues: {
        ...positionValues(position),
        ...(row ? { ':labels': toAttribute(row.labels) } : { ':expires': toExpires(expiresAt) }),
      },
    });
    return isWritten(client.send(command));
  }

  async function hasGone(parents: readonly string[]): Promise<boolean> {
    if (parents.length === 0) return false;
    const Keys = parents.map((parent) => idOf(parent, GONE));
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } }),
    );
    if (Object.keys(UnprocessedKeys ?? {}).length > 0) {
      throw new RetryLater('expected every key to be read, got some unprocessed');
    }
    return (Responses?.[TableName]?.length ?? 0) > 0;
  }

  async function bury(parent: string): Promise<void> {
    await client.send(new PutItemCommand({ TableName, Item: idOf(parent, GONE) }));
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

  const buryRow = (key: string) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: idOf(key, STATE),
        UpdateExpression: 'SET buried = :true',
        ExpressionAttributeValues: { ':true': { BOOL: true } },
      }),
    );

  return {
    async keep(key, position, value, expiresAt) {
      if (value === null || 'labels' in value) return keepRow(key, position, value, expiresAt);
      await bury(key);
      return true;
    },
  };
}
