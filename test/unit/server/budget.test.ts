import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Budget } from '../../../lib/server/budget';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a claim that does not fit waits, and smaller ones behind it do not pass', async () => {
  const budget = new Budget(10);
  const giveBack = await budget.take(6);
  const order: string[] = [];
  const large = budget.take(8).then(() => order.push('large'));
  const small = budget.take(1).then(() => order.push('small'));
  await settled();
  // The small one fits, but would keep the large one waiting for ever.
  expect(order).toEqual([]);
  giveBack();
  await Promise.all([large, small]);
  expect(order).toEqual(['large', 'small']);
});

test('more than the total claims the total, and giving back twice gives no more', async () => {
  const budget = new Budget(10);
  const giveBack = await budget.take(1_000);
  giveBack();
  giveBack();
  await budget.take(10);
  await expect(budget.take(1, { waitMs: 10 })).rejects.toMatchObject({ code: 'unavailable' });
});

test('a claim that waited too long makes room for those behind it', async () => {
  const budget = new Budget(10);
  await budget.take(5);
  const large = budget.take(10, { waitMs: 20 });
  const small = budget.take(5, { waitMs: 1_000 });
  await expect(large).rejects.toMatchObject({ code: 'unavailable' });
  await small;
});

test('a signal ends a claim that waits, with its reason, and none that was granted', async () => {
  const budget = new Budget(1);
  const stop = new AbortController();
  const giveBack = await budget.take(1, { signal: stop.signal });
  const waiting = budget.take(1, { signal: stop.signal });
  const behind = budget.take(1);
  stop.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  await expect(budget.take(1, { signal: stop.signal })).rejects.toThrow('gone');
  giveBack();
  await behind;
});

test('one owner holds at most half, and those behind it pass', async () => {
  const budget = new Budget(4);
  const order: string[] = [];
  const take = (owner: string) =>
    budget.take(1, { owner }).then((giveBack) => {
      order.push(owner);
      return giveBack;
    });
  const [first] = await Promise.all([take('a'), take('a')]);
  const third = take('a');
  await Promise.all([take('b'), take('c')]);
  expect(order).toEqual(['a', 'a', 'b', 'c']);
  const last = take('d');
  first?.();
  // The third of `a` came before `d`, and `a` is below its cap again.
  await Promise.all([third]);
  expect(order).toEqual(['a', 'a', 'b', 'c', 'a']);
  expect(await Promise.race([last, settled()])).toBeUndefined();
});

test('an owner that holds nothing may take more than half', async () => {
  const budget = new Budget(10);
  const giveBack = await budget.take(9, { owner: 'a' });
  const more = budget.take(1, { owner: 'a' });
  expect(await Promise.race([more, settled()])).toBeUndefined();
  giveBack();
  await more;
});

test('no more is taken than there is, no owner passes its cap, and every claim is granted', async () => {
  const TOTAL = 8;
  const claim = fc.record({
    amount: fc.integer({ min: 1, max: TOTAL }),
    owner: fc.constantFrom(undefined, 'a', 'b', 'c'),
  });
  const step = fc.oneof(claim, fc.record({ ends: fc.nat() }));
  type Held = { amount: number; owner: string | undefined; giveBack: () => void };
  const sum = (claims: readonly Held[]) => claims.reduce((all, { amount }) => all + amount, 0);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const budget = new Budget(TOTAL);
      let asked = 0;
      let granted = 0;
      const held: Held[] = [];
      const end = async (index: number): Promise<void> => {
        held.splice(index % Math.max(1, held.length), 1)[0]?.giveBack();
        await settled();
      };
      for (const each of steps) {
        if ('ends' in each) await end(each.ends);
        else {
          asked++;
          budget.take(each.amount, each).then((giveBack) => {
            granted++;
            held.push({ ...each, giveBack });
          });
          await settled();
        }
        expect(sum(held)).toBeLessThanOrEqual(TOTAL);
        for (const owner of ['a', 'b', 'c']) {
          const own = held.filter((one) => one.owner === owner);
          if (own.length > 1) expect(sum(own)).toBeLessThanOrEqual(TOTAL / 2);
        }
      }
      while (held.length > 0) await end(0);
      expect(granted).toBe(asked);
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 100) },
  );
});
