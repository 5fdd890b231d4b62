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

/** What every kind of marks promises. */
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

    test('what was recovered is a duplicate of whatever has its sequence, and what comes after it is stale', async () => {
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

    test('an id that is given again is live after its deletion', async () => {
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

    test('one subject says nothing of another', async () => {
      await effect('k', at(9));
      await effect('l', at(1));
    });

    test('who has the lease keeps all others out until it ends', async () => {
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

    test('what was lost sets no mark, and cannot be extended or released', async () => {
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

    test('what is older than the newest that is pending is stale at once', async () => {
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
      // Nobody works on it now, and the newest is still waited for.
      expect(await marks.claim('k', at(4), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', at(5));
      await effect('k', at(6));
    });

    test('what is pending does not count for ever, nor once it failed', async () => {
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

    test('whoever has the lease may claim it again, and settle again: an answer may be lost', async () => {
      await marks.claim('k', at(1), lease('a'));
      expect(await marks.claim('k', at(1), lease('a'))).toEqual({ is: 'claimed' });
      expect(await marks.settle('k', at(1), lease('a'))).toBe(true);
      expect(await marks.settle('k', at(1), lease('a'))).toBe(true);
      expect(await marks.settle('k', at(2), lease('a'))).toBe(false);
      expect(await marks.claim('k', at(1), lease('a'))).toEqual({ is: 'duplicate' });
    });

    test('of many that claim at once one gets it', async () => {
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) => marks.claim('k', at(1), lease(String(index)))),
      );
      expect(claims.filter(({ is }) => is === 'claimed')).toHaveLength(1);
      expect(claims.filter(({ is }) => is === 'busy')).toHaveLength(7);
    });

    test('it has what took effect, not what is about to', async () => {
      expect(await marks.newest('k')).toBeUndefined();
      await marks.claim('k', at(1), lease('a'));
      expect(await marks.newest('k')).toBeUndefined();
      await marks.settle('k', at(1), lease('a'));
      expect(await marks.newest('k')).toEqual(at(1));
    });

    test('a mark that may be forgotten still counts while it is there, and can be live again', async () => {
      await effect('k', at(1, 2), time + 1_000_000);
      expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
      await effect('k', at(2));
      expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
    });
  });

/** Marks in DynamoDB promise that too. */
export const marksFormContract = (
  name: string,
  create: () => Promise<Required<DynamoTable>>,
  make: (table: Required<DynamoTable>) => Promise<Marks>,
): void =>
  test(`marks ${name}: a table or an item in a form that is not known is left alone`, async () => {
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
