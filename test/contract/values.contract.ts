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
      const put = (sequence: string, id: string, recovered?: true) =>
        values.putIfNewer('k', { sequence, id, recovered }, id);
      expect(await put('1', 'recovered-1', true)).toBe(true);
      expect(await put('1', 'a')).toBe(false);
      expect(await put('2', 'b')).toBe(true);
      expect(await put('2', 'recovered-2', true)).toBe(false);
      expect(await read('k')).toBe('b');
      expect(await put('3', 'recovered-3', true)).toBe(true);
    });

    test('a stored value is read with its position, and deleted subjects are not listed', async () => {
      const { values } = await make();
      expect(await values.newest('/s/label/1')).toBeUndefined();
      await values.putIfNewer('/s/label/1', { sequence: '1', id: 'a' }, { n: 0 });
      await values.putIfNewer('/s/label/2', { sequence: '1', id: 'b' }, 0);
      await values.putIfNewer('/s/label/3', { sequence: '1', id: 'c' }, [1]);
      await values.putIfNewer('/s/label/3', { sequence: '2', id: 'd' }, null, 4e12);
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
      const put = (sequence: string, value: string, over: string) =>
        values.putIfNewer('k', { sequence, id: sequence }, value, undefined, {
          sequence: over,
          id: over,
        });
      expect(await put('2', 'none yet', '1')).toBe(false);
      expect(await values.putIfNewer('k', { sequence: '2', id: '2' }, 'b', undefined, null)).toBe(
        true,
      );
      expect(await values.putIfNewer('k', { sequence: '3', id: '3' }, 'c', undefined, null)).toBe(
        false,
      );
      expect(await put('4', 'd', '1')).toBe(false);
      const otherId = { sequence: '2', id: '9' };
      expect(
        await values.putIfNewer('k', { sequence: '4', id: '4' }, 'd', undefined, otherId),
      ).toBe(false);
      // An older one stays out, even over what is stored.
      expect(await put('1', 'a', '2')).toBe(false);
      expect(await read('k')).toBe('b');
      expect(await put('4', 'd', '2')).toBe(true);
      expect(await read('k')).toBe('d');
    });

    test('the newest value is kept, in any order of arrival', async () => {
      const { values, read } = await make();
      const put = (sequence: string, id: string, value: unknown) =>
        values.putIfNewer('k', { sequence, id }, value, undefined);
      expect(await put('2', 'a', { n: 2 })).toBe(true);
      expect(await put('1', 'z', { n: 1 })).toBe(false);
      expect(await put('2', 'a', { n: 'again' })).toBe(false);
      expect(await read('k')).toEqual({ n: 2 });
      expect(await put('2', 'b', { n: 3 })).toBe(true);
      expect(await put('3', 'a', null)).toBe(true);
      expect(await read('k')).toBeNull();
      expect(await put('2', 'z', { n: 4 })).toBe(false);
      expect(await put('4', 'a', { n: 5 })).toBe(true);
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
      const put = (length: number) =>
        values.putIfNewer('k', { sequence: '1', id: String(length) }, 'x'.repeat(length));
      expect(await put(379_998)).toBe(true);
      await expect(put(379_999)).rejects.toBeInstanceOf(Poison);
    });

    test('a table or an item in an unknown format is not touched', async () => {
      const { client, table } = await create();
      const put = (Item: Item) => client.send(new PutItemCommand({ TableName: table, Item }));
      const write = async (key: string) =>
        (await make({ client, table })).putIfNewer(key, { sequence: '2', id: 'a' }, {});
      const kept = { sequence: { S: '1' }, id: { S: 'a' }, value: { S: '{}' } };

      await put({ key: { S: 'before' }, ...kept });
      await put({ key: { S: 'later' }, ...kept, version: { N: '2' } });
      await expect(write('before')).rejects.toThrow('expected version 1 of the items');
      await expect(write('later')).rejects.toBeInstanceOf(UnknownVersion);
      expect(await write('now')).toBe(true);
      await put({ key: { S: '#table' }, version: { N: '2' } });
      await expect(write('new')).rejects.toBeInstanceOf(UnknownVersion);
    });
  });
};
