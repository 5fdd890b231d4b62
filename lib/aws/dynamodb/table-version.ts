import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { UnknownVersion } from '../../consume/wait';
import { type DynamoTable, type Item, isWritten } from './dynamo-table';

/** The version of the form of items in a table that workers share. */
export const ITEM_VERSION = 1;
/** The same of the tables of label stores. */
export const LABEL_STORE_VERSION = 2;

/** The condition that an item has the known version, or does not exist. */
export const KNOWN = '(attribute_not_exists(#key) OR #version = :version)';

/** The key of the item with the version of the table. Keys of subjects begin with a slash. */
const TABLE = '#table';

/** How the version of a table's items is read and written. */
interface FormVersion {
  readonly attribute: AttributeValue;
  /** The value in an expression. */
  readonly value: Item;
  /** @throws UnknownVersion if an item has another version */
  expectKnown(item: Item | undefined, table: string): void;
  /**
   * Writes the version into a new table.
   *
   * @param sortKey the name of the table's sort key, if it has one
   * @returns a function that checks the version once. @throws UnknownVersion if the table has another version
   */
  tableVersion(table: Required<DynamoTable>, sortKey?: string): () => Promise<void>;
}

export function versionOf(version: number): FormVersion {
  const attribute = { N: String(version) };
  const value: Item = { ':version': attribute };

  const check = async ({ client, table }: Required<DynamoTable>, sortKey?: string) => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: { key: { S: TABLE }, ...(sortKey !== undefined && { [sortKey]: { S: TABLE } }) },
      UpdateExpression: 'SET #version = :version',
      ConditionExpression: KNOWN,
      ExpressionAttributeNames: { '#key': 'key', '#version': 'version' },
      ExpressionAttributeValues: value,
    });
    if (await isWritten(client.send(command))) return;
    throw new UnknownVersion(`the table ${table}`, version, 'another');
  };

  return {
    attribute,
    value,
    expectKnown(item, table) {
      const got = item?.version?.N;
      if (item && got !== attribute.N) {
        throw new UnknownVersion(`the items in the table ${table}`, version, got);
      }
    },
    tableVersion(table, sortKey) {
      let known: Promise<void> | undefined;
      return () => {
        known ??= check(table, sortKey).catch((error: unknown) => {
          known = undefined;
          throw error;
        });
        return known;
      };
    },
  };
}

export const {
  attribute: versionAttribute,
  value: versionValue,
  expectKnown,
  tableVersion,
} = versionOf(ITEM_VERSION);
