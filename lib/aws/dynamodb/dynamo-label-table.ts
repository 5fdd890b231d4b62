import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Position } from '../../consume/position';
import { RetryLater } from '../../consume/retry-later';
import { lifeOf } from '../../events/sequence';
import type { LabelRow, LabelTable } from '../../project-labels/projection';
import {
  type DynamoTable,
  type Item,
  namesIn,
  older,
  positionValues,
  refusalOf,
  toAttribute,
  toExpires,
} from './dynamo-table';
import { expectKnown, KNOWN, tableVersion, versionAttribute, versionValue } from './table-version';

/** The items under a key: its state, its deletion, and links to the labels under it. */
const STATE = 'state';
const GONE = 'gone';
const HOLDS = 'holds ';

/**
 * A DynamoDB table with the partition key `key`, the sort key `item`, and the time to live `expires`.
 * Every item has the `version` of its form. A label is live when its `state` has `labels` and is not `buried`.
 *
 * A label writes its links, then itself, then looks whether a parent is gone. A parent writes that it
 * is gone, then looks for links. Reads are consistent, so that one of the two sees the other. What is
 * gone buries a label only if that is in it since before: ids are given again.
 */
export function dynamoLabelTable({
  client = new DynamoDBClient(),
  table,
}: DynamoTable): LabelTable {
  const TableName = table;
  const expectTable = tableVersion({ client, table }, 'item');
  const idOf = (key: string, item: string): Item => ({ key: { S: key }, item: { S: item } });

  async function keepRow(
    key: string,
    position: Position,
    row: LabelRow | null,
    expiresAt?: number,
  ): Promise<boolean> {
    const parents = Object.keys(row?.parents ?? {});
    await Promise.all(parents.map((parent) => link(parent, key)));
    const isKept = await writeRow(key, position, row, expiresAt);
    // Repeated for a known deletion: a worker may have died at this point.
    for (const { parent, until } of await goneOf(parents)) await buryRow(key, parent, until);
    return isKept;
  }

  const link = (parent: string, key: string) =>
    client.send(
      new PutItemCommand({
        TableName,
        Item: { ...idOf(parent, HOLDS + key), version: versionAttribute },
      }),
    );

  const writeRow = (
    key: string,
    position: Position,
    row: LabelRow | null,
    expiresAt = 0,
  ): Promise<boolean> =>
    update(
      idOf(key, STATE),
      row
        ? '#sequence = :sequence, #id = :id, #labels = :labels, #parents = :parents REMOVE #expires, #buried'
        : '#sequence = :sequence, #id = :id, #expires = :expires REMOVE #labels, #parents, #buried',
      older(position),
      {
        ...positionValues(position),
        ...(row
          ? { ':labels': toAttribute(row.labels), ':parents': toMap(row.parents) }
          : { ':expires': toExpires(expiresAt) }),
      },
    );

  /** The deleted parents, each with the time before which its labels were created. */
  async function goneOf(parents: readonly string[]): Promise<{ parent: string; until: string }[]> {
    if (parents.length === 0) return [];
    const gone = await read(parents.map((parent) => idOf(parent, GONE)));
    return gone.map(({ key, until }) => ({ parent: key?.S ?? '', until: until?.S ?? '' }));
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

  async function bury(parent: string, until: string): Promise<void> {
    const unlessLater = 'attribute_not_exists(#until) OR #until < :until';
    await update(idOf(parent, GONE), '#until = :until', unlessLater, { ':until': { S: until } });
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
      for (const { item } of Items)
        await buryRow((item?.S ?? '').slice(HOLDS.length), parent, until);
    }
  }

  /** A label that was added to its parent later stays. */
  const buryRow = (key: string, parent: string, until: string): Promise<boolean> =>
    update(
      idOf(key, STATE),
      '#buried = :true',
      '#parents.#parent <= :until',
      { ':true': { BOOL: true }, ':until': { S: until } },
      { '#parent': parent },
    );

  /**
   * @returns false if the condition does not hold
   * @throws UnknownVersion
   */
  async function update(
    Key: Item,
    set: string,
    condition: string,
    values: Item,
    names: Record<string, string> = {},
  ): Promise<boolean> {
    const UpdateExpression = `SET #version = :version, ${set}`;
    const ConditionExpression = `${KNOWN} AND (${condition})`;
    const command = new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeNames: { ...namesIn(UpdateExpression + ConditionExpression), ...names },
      ExpressionAttributeValues: { ...versionValue, ...values },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const refusal = await refusalOf(client.send(command));
    if (!refusal) return true;
    // An emulator may omit the old item: then read it.
    if (refusal.Item) expectKnown(refusal.Item, table);
    else await read([Key]);
    return false;
  }

  return {
    async keep(key, position, value, expiresAt) {
      await expectTable();
      if (value === null || 'labels' in value) return keepRow(key, position, value, expiresAt);
      // A deletion without a life is final: nothing is newer.
      await bury(key, lifeOf(position.sequence) ?? position.sequence);
      return true;
    },
  };
}

const toMap = (texts: Readonly<Record<string, string>>): AttributeValue => ({
  M: Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
});
