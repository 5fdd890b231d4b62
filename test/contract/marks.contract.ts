import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DynamoTable, Item } from '../../lib/aws/dynamodb/dynamo-table';
import { type Marks, PENDING_MS } from '../../lib/consume/marks';
import type { Position } from '../../lib/consume/position';
import { UnknownVersion } from '../../lib/consume/wait';

const at = (second: number, rank = 1, id = 'a'): Position => ({
  sequence: `2026-01-01T00:00:0${second}.000000Z-${rank}`,
  id,
});

/** The contract of every kind of marks. */
export const marksContract = (name: string, make: (now: () => number) => Promise<Marks>): void =>
  describe(`marks ${name}`, () => {
    let time = 0;
    let marks: Marks;
    beforeEach(async () => {
      time = 1_000;
      marks = await make(() => time);
    });
    const lease = (owner: string, ms = 60_000) => ({ owner, until: time + ms });

    /** An event takes effect. */
    const effect = async (key: string, position: Position, expiresAt?: number): Promise<void> => {
      expect(await marks.claim(key, position, lease('worker'))).toEqual({ is: 'claimed' });
      expect(await marks.settle(key, position, lease('worker'), expiresAt)).toBe(true);
    };

    test('an older event is stale, the same is a duplicate, a newer one may go on', async () => {
      await effect('k', at(2));
      expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
      expect(await marks.claim('k', at(2, 0), lease('b'))).toEqual({ is: 'stale' });
      expect(await marks.claim('k', at(2), lease('b'))).toEqual({ is: 'duplicate' });
      expect(await marks.claim('k', at(3), lease('b'))).toEqual({ is: 'claimed' });
    });

    test('at the same moment the rank decides, then the id', async () => {
      await effect('k', at(2, 1, 'm'));
      expect(await marks.claim('k', at(2, 1, 'l'), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', at(2, 1, 'n'));
      await effect('k', at(2, 2, 'a'));
      expect(await marks.claim('k', at(2, 1, 'z'), lease('b'))).toEqual({ is: 'stale' });
    });

    test('a recovered event is a duplicate of any event with its sequence, and an event after it is stale', async () => {
      const recovered = (second: number): Position => ({
        ...at(second, 1, 'recovered-1'),
        recovered: true,
      });
      await effect('k', at(2));
      expect(await marks.claim('k', recovered(2), lease('b'))).toEqual({ is: 'duplicate' });
      expect(await marks.claim('k', recovered(1), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', recovered(3));
      expect(await marks.claim('k', recovered(3), lease('b'))).toEqual({ is: 'duplicate' });
      expect(await marks.claim('k', at(3), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', at(4));
    });

    test('a reused id is live after its deletion', async () => {
      const life = (second: number, version: Position): Position => ({
        ...version,
        sequence: `${at(second).sequence.slice(0, -2)}/${version.sequence}`,
      });
      const final = { sequence: '9999-12-31T23:59:59.999999Z-2', id: 'z' };
      await effect('k', life(1, at(1)));
      await effect('k', life(2, final), time + 1_000_000);
      expect(await marks.claim('k', life(1, at(5)), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', life(3, at(3, 0)));
      expect(await marks.claim('k', life(2, final), lease('b'))).toEqual({ is: 'stale' });
    });

    test('subjects do not affect each other', async () => {
      await effect('k', at(9));
      await effect('l', at(1));
    });

    test('the owner of the lease keeps all others out until it ends', async () => {
      const { until } = lease('a');
      expect(await marks.claim('k', at(1), lease('a'))).toEqual({ is: 'claimed' });
      for (const position of [at(1), at(2), at(3)]) {
        expect(await marks.claim('k', position, lease('b'))).toEqual({ is: 'busy', until });
      }
      time = until - 1;
      expect(await marks.claim('k', at(2), lease('b'))).toMatchObject({ is: 'busy' });
      time = until;
      expect(await marks.claim('k', at(2), lease('b'))).toEqual({ is: 'claimed' });
    });

    test('a lost lease sets no mark, and cannot be extended or released', async () => {
      await marks.claim('k', at(1), lease('a'));
      time += 60_000;
      expect(await marks.claim('k', at(2), lease('b'))).toEqual({ is: 'claimed' });
      expect(await marks.extend('k', lease('a'))).toBe(false);
      await marks.release('k', lease('a'));
      expect(await marks.settle('k', at(1), lease('a'))).toBe(false);
      expect(await marks.claim('k', at(3), lease('c'))).toMatchObject({ is: 'busy' });
      expect(await marks.settle('k', at(2), lease('b'))).toBe(true);
      expect(await marks.claim('k', at(1), lease('c'))).toEqual({ is: 'stale' });
    });

    test('an extended lease goes on, a released one ends at once', async () => {
      await marks.claim('k', at(1), lease('a'));
      time += 59_999;
      expect(await marks.extend('k', lease('a'))).toBe(true);
      time += 30_000;
      expect(await marks.claim('k', at(2), lease('b'))).toMatchObject({ is: 'busy' });
      await marks.release('k', lease('a'));
      expect(await marks.claim('k', at(2), lease('b'))).toEqual({ is: 'claimed' });
    });

    test('an event that is older than the newest pending one is stale at once', async () => {
      const { until } = lease('a');
      await marks.claim('k', at(2), lease('a'));
      expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
      expect(await marks.claim('k', at(5), lease('b'))).toEqual({ is: 'busy', until });
      await marks.announce('k', at(5));
      for (const position of [at(4), at(5, 0), at(5, 1, 'A')]) {
        await marks.announce('k', position);
        expect(await marks.claim('k', position, lease('b'))).toEqual({ is: 'stale' });
      }
      expect(await marks.settle('k', at(2), lease('a'))).toBe(true);
      // No worker handles it now, and the newest one is still pending.
      expect(await marks.claim('k', at(4), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', at(5));
      await effect('k', at(6));
    });

    test('a pending event does not count for ever, nor after it failed', async () => {
      await marks.claim('k', at(1), lease('a'));
      await marks.announce('k', at(5));
      await marks.settle('k', at(1), lease('a'));
      time += PENDING_MS - 1;
      expect(await marks.claim('k', at(2), lease('b'))).toEqual({ is: 'stale' });
      time += 1;
      await effect('k', at(2));
      await marks.claim('k', at(5), lease('a'));
      await marks.release('k', lease('a'));
      await effect('k', at(3));
    });

    test('the owner of the lease may claim and settle it again, since an answer can be lost', async () => {
      await marks.claim('k', at(1), lease('a'));
      expect(await marks.claim('k', at(1), lease('a'))).toEqual({ is: 'claimed' });
      expect(await marks.settle('k', at(1), lease('a'))).toBe(true);
      expect(await marks.settle('k', at(1), lease('a'))).toBe(true);
      expect(await marks.settle('k', at(2), lease('a'))).toBe(false);
      expect(await marks.claim('k', at(1), lease('a'))).toEqual({ is: 'duplicate' });
    });

    test('of many concurrent claims, exactly one gets the lease', async () => {
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) => marks.claim('k', at(1), lease(String(index)))),
      );
      expect(claims.filter(({ is }) => is === 'claimed')).toHaveLength(1);
      expect(claims.filter(({ is }) => is === 'busy')).toHaveLength(7);
    });

    test('a mark shows events that took effect, not pending ones', async () => {
      expect(await marks.newest('k')).toBeUndefined();
      await marks.claim('k', at(1), lease('a'));
      expect(await marks.newest('k')).toBeUndefined();
      await marks.settle('k', at(1), lease('a'));
      expect(await marks.newest('k')).toEqual(at(1));
    });

    test('an expired mark still counts until it is removed, and can be live again', async () => {
      await effect('k', at(1, 2), time + 1_000_000);
      expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', at(2));
      expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
    });
  });

/** The additional contract of marks in DynamoDB. */
export const marksFormContract = (
  name: string,
  create: () => Promise<Required<DynamoTable>>,
  make: (table: Required<DynamoTable>) => Promise<Marks>,
): void =>
  test(`marks ${name}: a table or an item in an unknown format is not touched`, async () => {
    const { client, table } = await create();
    const put = (Item: Item) => client.send(new PutItemCommand({ TableName: table, Item }));
    const position = at(1);
    const fresh = () => make({ client, table });
    const claim = async (key: string, marks?: Marks) =>
      (marks ?? (await fresh())).claim(key, position, { owner: 'a', until: Date.now() + 60_000 });
    const marked = { sequence: { S: position.sequence }, id: { S: 'a' } };

    await put({ key: { S: 'before' }, ...marked });
    await put({ key: { S: 'later' }, ...marked, version: { N: '2' } });
    for (const key of ['before', 'later']) {
      await expect(claim(key)).rejects.toBeInstanceOf(UnknownVersion);
      await expect((await fresh()).newest(key)).rejects.toBeInstanceOf(UnknownVersion);
    }
    expect(await claim('now')).toEqual({ is: 'claimed' });

    await put({ key: { S: '#table' }, version: { N: '2' } });
    const marks = await fresh();
    await expect(claim('new', marks)).rejects.toThrow('expected version 1 of the table');
    await put({ key: { S: '#table' }, version: { N: '1' } });
    expect(await claim('new', marks)).toEqual({ is: 'claimed' });
  });
