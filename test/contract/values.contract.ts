import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { DynamoTable, Item } from '../../lib/aws/dynamodb/dynamo-table';
import { Poison } from '../../lib/consume/poison';
import type { ReadableValues } from '../../lib/consume/values';
import { UnknownVersion } from '../../lib/consume/wait';

/** Values, and what is stored under a key. */
export interface Made {
  readonly values: ReadableValues<unknown>;
  read(key: string): Promise<unknown>;
}

/** The contract of every kind of values. */
export const valuesContract = (name: string, make: () => Promise<Made>): void =>
  describe(`values ${name}`, () => {
    test('a recovered value replaces an older one, but not one with its sequence', async () => {
      const { values, read } = await make();
      const keep = (sequence: string, id: string, recovered?: true) =>
        values.keep('k', { sequence, id, recovered }, id);
      expect(await keep('1', 'recovered-1', true)).toBe(true);
      expect(await keep('1', 'a')).toBe(false);
      expect(await keep('2', 'b')).toBe(true);
      expect(await keep('2', 'recovered-2', true)).toBe(false);
      expect(await read('k')).toBe('b');
      expect(await keep('3', 'recovered-3', true)).toBe(true);
    });

    test('a stored value is read with its position, and deleted subjects are not listed', async () => {
      const { values } = await make();
      expect(await values.newest('/s/label/1')).toBeUndefined();
      await values.keep('/s/label/1', { sequence: '1', id: 'a' }, { n: 0 });
      await values.keep('/s/label/2', { sequence: '1', id: 'b' }, 0);
      await values.keep('/s/label/3', { sequence: '1', id: 'c' }, [1]);
      await values.keep('/s/label/3', { sequence: '2', id: 'd' }, null, 4e12);
      expect(await values.newest('/s/label/1')).toEqual({
        sequence: '1',
        id: 'a',
        value: { n: 0 },
      });
      expect(await values.newest('/s/label/3')).toEqual({ sequence: '2', id: 'd', value: null });
      const all: [string, unknown][] = [];
      for await (const entry of values.all()) all.push(entry);
      expect(all.sort()).toEqual([
        ['/s/label/1', { n: 0 }],
        ['/s/label/2', 0],
      ]);
    });

    test('a value replaces only the one that was read', async () => {
      const { values, read } = await make();
      const keep = (sequence: string, value: string, over: string) =>
        values.keep('k', { sequence, id: sequence }, value, undefined, {
          sequence: over,
          id: over,
        });
      expect(await keep('2', 'none yet', '1')).toBe(false);
      expect(await values.keep('k', { sequence: '2', id: '2' }, 'b', undefined, null)).toBe(true);
      expect(await values.keep('k', { sequence: '3', id: '3' }, 'c', undefined, null)).toBe(false);
      expect(await keep('4', 'd', '1')).toBe(false);
      const otherId = { sequence: '2', id: '9' };
      expect(await values.keep('k', { sequence: '4', id: '4' }, 'd', undefined, otherId)).toBe(
        false,
      );
      // An older one stays out, even over what is stored.
      expect(await keep('1', 'a', '2')).toBe(false);
      expect(await read('k')).toBe('b');
      expect(await keep('4', 'd', '2')).toBe(true);
      expect(await read('k')).toBe('d');
    });

    test('the newest value is kept, in any order of arrival', async () => {
      const { values, read } = await make();
      const keep = (sequence: string, id: string, value: unknown) =>
        values.keep('k', { sequence, id }, value, undefined);
      expect(await keep('2', 'a', { n: 2 })).toBe(true);
      expect(await keep('1', 'z', { n: 1 })).toBe(false);
      expect(await keep('2', 'a', { n: 'again' })).toBe(false);
      expect(await read('k')).toEqual({ n: 2 });
      expect(await keep('2', 'b', { n: 3 })).toBe(true);
      expect(await keep('3', 'a', null)).toBe(true);
      expect(await read('k')).toBeNull();
      expect(await keep('2', 'z', { n: 4 })).toBe(false);
      expect(await keep('4', 'a', { n: 5 })).toBe(true);
      expect(await read('k')).toEqual({ n: 5 });
    });
  });

type Table = Required<DynamoTable>;

/** The additional contract of values in DynamoDB. */
export const dynamoValuesContract = (
  name: string,
  create: () => Promise<Table>,
  make: (table: Table) => Promise<ReadableValues<unknown>>,
): void => {
  valuesContract(name, async () => {
    const table = await create();
    return {
      values: await make(table),
      async read(key) {
        const command = new GetItemCommand({ TableName: table.table, Key: { key: { S: key } } });
        const { value } = (await table.client.send(command)).Item ?? {};
        return value?.S === undefined ? null : JSON.parse(value.S);
      },
    };
  });

  describe(`values ${name}`, () => {
    test('a value that is too large for an item is poison', async () => {
      const values = await make(await create());
      const keep = (length: number) =>
        values.keep('k', { sequence: '1', id: String(length) }, 'x'.repeat(length));
      expect(await keep(379_998)).toBe(true);
      await expect(keep(379_999)).rejects.toBeInstanceOf(Poison);
    });

    test('a table or an item in an unknown format is not touched', async () => {
      const { client, table } = await create();
      const put = (Item: Item) => client.send(new PutItemCommand({ TableName: table, Item }));
      const keep = async (key: string) =>
        (await make({ client, table })).keep(key, { sequence: '2', id: 'a' }, {});
      const kept = { sequence: { S: '1' }, id: { S: 'a' }, value: { S: '{}' } };

      await put({ key: { S: 'before' }, ...kept });
      await put({ key: { S: 'later' }, ...kept, version: { N: '2' } });
      await expect(keep('before')).rejects.toThrow('expected version 1 of the items');
      await expect(keep('later')).rejects.toBeInstanceOf(UnknownVersion);
      expect(await keep('now')).toBe(true);
      await put({ key: { S: '#table' }, version: { N: '2' } });
      await expect(keep('new')).rejects.toBeInstanceOf(UnknownVersion);
    });
  });
};
