import type { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dynamoMarks } from '../../lib/aws/dynamo-marks';
import { inOrder } from '../../lib/consume/in-order';
import type { Marks } from '../../lib/consume/marks';
import { memoryMarks } from '../../lib/consume/memory-marks';
import type { Position } from '../../lib/consume/position';
import { buildEvent } from '../../lib/testing/build-event';
import { startTables } from '../support/dynamo';

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
}, 30_000);
afterAll(() => tables.stop());

const at = (second: number, rank = 1, id = 'a'): Position => ({
  sequence: `2026-01-01T00:00:0${second}.000000Z-${rank}`,
  id,
});

/** What every kind of marks promises. */
describe.each<[string, (now: () => number) => Promise<Marks>]>([
  ['in memory', async (now) => memoryMarks(now)],
  ['in DynamoDB', async (now) => dynamoMarks(await tables.create(), now)],
])('marks %s', (_, make) => {
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

  test('one subject says nothing of another', async () => {
    await effect('k', at(9));
    await effect('l', at(1));
  });

  test('who has the lease keeps all others out until it ends', async () => {
    const { until } = lease('a');
    expect(await marks.claim('k', at(1), lease('a'))).toEqual({ is: 'claimed' });
    for (const position of [at(0), at(1), at(2)]) {
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

  test('of many that claim at once one gets it', async () => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) => marks.claim('k', at(1), lease(String(index)))),
    );
    expect(claims.filter(({ is }) => is === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ is }) => is === 'busy')).toHaveLength(7);
  });

  test('it has what took effect, not what is about to', async () => {
    expect(await marks.has('k')).toBe(false);
    await marks.claim('k', at(1), lease('a'));
    expect(await marks.has('k')).toBe(false);
    await marks.settle('k', at(1), lease('a'));
    expect(await marks.has('k')).toBe(true);
  });

  test('a mark that may be forgotten still counts while it is there, and can be live again', async () => {
    await effect('k', at(1, 2), time + 1_000_000);
    expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
    await effect('k', at(2));
    expect(await marks.claim('k', at(1), lease('b'))).toEqual({ is: 'stale' });
  });
});

test('a fresh event costs two calls of DynamoDB, one that is old or known costs one', async () => {
  const calls: string[] = [];
  const table = await tables.create();
  const client = new Proxy(table.client, {
    get: (target, name) =>
      name === 'send'
        ? (command: GetItemCommand) => {
            calls.push(command.constructor.name);
            return target.send(command);
          }
        : Reflect.get(target, name),
  });
  const guard = inOrder(dynamoMarks({ ...table, client }));
  const event = (second: number) =>
    buildEvent('label.updated', {}, { subject: 'label/1', sequence: at(second).sequence });
  const known = event(2);
  expect(await guard(known, async () => {})).toBe('done');
  expect(calls.splice(0)).toEqual(['UpdateItemCommand', 'UpdateItemCommand']);
  for (const [old, verdict] of [
    [known, 'duplicate'],
    [event(1), 'stale'],
  ] as const) {
    expect(await guard(old, async () => {})).toBe(verdict);
    // This server does not tell what was there, so it is asked; DynamoDB tells.
    expect(calls.splice(0)).toEqual(['UpdateItemCommand', 'GetItemCommand']);
  }
});
