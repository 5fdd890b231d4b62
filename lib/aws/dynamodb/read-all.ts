import { setTimeout } from 'node:timers/promises';
import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { RetryLater } from '../../consume/retry-later';
import type { Item } from './dynamo-table';

const TRIES = 8;
/** The most keys of one call. */
const MAX_KEYS = 100;

/**
 * Reads items consistently. DynamoDB leaves out what is over 16 MB, or over the capacity of the table: that is
 * read again.
 *
 * @throws RetryLater if some stay unread
 */
export async function readAll(
  client: DynamoDBClient,
  table: string,
  keys: readonly Item[],
): Promise<Item[]> {
  const items: Item[] = [];
  let left = [...keys];
  for (let tries = 0; left.length > 0; tries++) {
    if (tries >= TRIES) throw new RetryLater('expected every key to be read, got some unprocessed');
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({
        RequestItems: { [table]: { Keys: left.slice(0, MAX_KEYS), ConsistentRead: true } },
      }),
    );
    const found = Responses?.[table] ?? [];
    items.push(...found);
    const unread = UnprocessedKeys?.[table]?.Keys ?? [];
    left = [...unread, ...left.slice(MAX_KEYS)];
    // Items that fill an answer are no reason to slow down.
    if (unread.length === 0 || found.length > 0) tries = 0;
    else await setTimeout(25 * 2 ** tries);
  }
  return items;
}
