import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Notes } from '../../reconcile/ports';
import type { DynamoTable } from './dynamo-table';
import { LABEL_STORE_VERSION, versionOf } from './table-version';

const { expectKnown, tableVersion, attribute } = versionOf(LABEL_STORE_VERSION);

/**
 * The notes of reconciliation about a source, in the table of its label store. The keys of subjects begin with a slash,
 * and these do not.
 */
export function dynamoNotes({ client, table }: Required<DynamoTable>, source: string): Notes {
  const expectTable = tableVersion({ client, table }, 'item');
  const idOf = (name: string) => ({ key: { S: `#reconcile/${source}` }, item: { S: name } });
  return {
    async read(name) {
      const command = new GetItemCommand({
        TableName: table,
        Key: idOf(name),
        ConsistentRead: true,
      });
      const { Item } = await client.send(command);
      if (!Item) return undefined;
      expectKnown(Item, table);
      return Item.note?.S === undefined ? undefined : JSON.parse(Item.note.S);
    },
    async write(name, note) {
      await expectTable();
      const text = { S: JSON.stringify(note) };
      const Item = { ...idOf(name), version: attribute, note: text };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
  };
}
