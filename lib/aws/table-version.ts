import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { UnknownVersion } from '../consume/wait';
import { type DynamoTable, type Item, isWritten } from './dynamo-table';

/** Of the form of every item in a table that workers share, as its `version`. */
export const ITEM_VERSION = 1;

export const versionAttribute: AttributeValue = { N: String(ITEM_VERSION) };
export const versionValue: Item = { ':version': versionAttribute };

/** Holds when an item is of the known form, or there is none. */
export const KNOWN = '(attribute_not_exists(#key) OR #version = :version)';

/** @throws UnknownVersion when an item was stored in another form */
export function expectKnown(item: Item | undefined, table: string): void {
  const got = item?.version?.N;
  if (item && got !== versionAttribute.N) {
    throw new UnknownVersion(`the items in the table ${table}`, ITEM_VERSION, got);
  }
}

/** The item that says which form a table is in. Keys of subjects begin with a slash. */
const TABLE = '#table';

/**
 * Writes into a new table which form it is in.
 *
 * @param sortKey the name of the table's sort key, where it has one
 * @returns asks that once, until it is known. @throws UnknownVersion when the table is in another form
 */
export function tableVersion(
  { client, table }: Required<DynamoTable>,
  sortKey?: string,
): () => Promise<void> {
  const check = async (): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: { key: { S: TABLE }, ...(sortKey !== undefined && { [sortKey]: { S: TABLE } }) },
      UpdateExpression: 'SET #version = :version',
      ConditionExpression: KNOWN,
      ExpressionAttributeNames: { '#key': 'key', '#version': 'version' },
      ExpressionAttributeValues: versionValue,
    });
    if (await isWritten(client.send(command))) return;
    throw new UnknownVersion(`the table ${table}`, ITEM_VERSION, 'another');
  };
  let known: Promise<void> | undefined;
  return () => {
    known ??= check().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
