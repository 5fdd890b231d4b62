import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { UnknownVersion } from '../../consume/wait';
import { type DynamoTable, type Item, isWritten } from './dynamo-table';

/** The version of the form of items in a table that workers share. */
export const ITEM_VERSION = 1;

export const versionAttribute: AttributeValue = { N: String(ITEM_VERSION) };
export const versionValue: Item = { ':version': versionAttribute };

/** The condition that an item has the known version, or does not exist. */
export const KNOWN = '(attribute_not_exists(#key) OR #version = :version)';

/** @throws UnknownVersion if an item has another version */
export function expectKnown(item: Item | undefined, table: string): void {
  const got = item?.version?.N;
  if (item && got !== versionAttribute.N) {
    throw new UnknownVersion(`the items in the table ${table}`, ITEM_VERSION, got);
  }
}

/** The key of the item with the version of the table. Keys of subjects begin with a slash. */
const TABLE = '#table';

/**
 * Writes the version into a new table.
 *
 * @param sortKey the name of the table's sort key, if it has one
 * @returns a function that checks the version once. @throws UnknownVersion if the table has another version
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
