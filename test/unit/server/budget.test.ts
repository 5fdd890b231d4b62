import { afterEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { Budget, type Guest } from '../../../lib/server/budget';

afterEach(() => {
  jest.useRealTimers();
});

test('who wants more than is left waits, first come first served', async () => {
  const budget = new Budget(10);
  const giveBack = await budget.take(6);
  const order: string[] = [];
  const large = budget.take(8).then((give) => {
    order.push('large');
    return give;
  });
  const small = budget.take(1).then(() => order.push('small'));
  await new Promise(setImmediate);
  // The small one fits, but would keep the large one waiting for ever.
  expect([order, budget.isShort]).toEqual([[], true]);
  giveBack();
  await Promise.all([large, small]);
  expect([order, budget.isShort]).toEqual([['large', 'small'], false]);
});

test('more than there is takes all, and giving back twice gives no more', async () => {
  const budget = new Budget(10);
  const giveBack = await budget.take(1_000);
  giveBack();
  giveBack();
  await budget.take(10);
  await expect(budget.take(1, 10)).rejects.toMatchObject({ code: 'unavailable' });
});

test('who gives up makes room for those behind', async () => {
  const budget = new Budget(10);
  await budget.take(5);
  const large = budget.take(10, 20);
  const small = budget.take(5, 1_000);
  await expect(large).rejects.toMatchObject({ code: 'unavailable' });
  await small;
});

/** Somebody who leaves when told, if it has been given anything yet. */
function guest(isStranger: boolean) {
  const leave = new AbortController();
  return { isStranger: () => isStranger, leave, hasLeft: () => leave.signal.aborted };
}

const later = (): Promise<void> => jest.advanceTimersByTimeAsync(40);

test('the longest there of strangers leaves for who is known, and nobody for a stranger', async () => {
  jest.useFakeTimers();
  const budget = new Budget(3);
  const guests = [guest(true), guest(false), guest(true)];
  const gives = await Promise.all(guests.map((each) => budget.take(1, 300, each)));
  const left = () => guests.map(({ hasLeft }) => hasLeft());

  const order: string[] = [];
  const stranger = budget.take(1, 1_000, guest(true)).then(() => order.push('stranger'));
  await later();
  expect(left()).toEqual([false, false, false]);

  const known = budget.take(1, 300, guest(false)).then(() => order.push('known'));
  expect(left()).toEqual([false, false, false]);
  // A fifteenth of its patience.
  await later();
  expect(left()).toEqual([true, false, false]);
  expect(guests[0]?.leave.signal.reason).toMatchObject({ code: 'unavailable' });
  gives[0]?.();
  await known;
  await later();
  expect(left()).toEqual([true, false, false]);
  gives[1]?.();
  await stranger;
  expect(order).toEqual(['known', 'stranger']);
});

test('nobody leaves while what is there comes free by itself', async () => {
  jest.useFakeTimers();
  const budget = new Budget(2);
  const stranger = guest(true);
  await budget.take(1, 1_500, stranger);
  let giveBack = await budget.take(1, 1_500, guest(false));
  const waiting = Array.from({ length: 8 }, () => budget.take(1, 1_500, guest(false)));
  // They have to go after 100 ms.
  for (const next of waiting) {
    await later();
    giveBack();
    giveBack = await next;
  }
  expect(stranger.hasLeft()).toBe(false);
});

test('strangers that come meanwhile do not keep others from leaving', async () => {
  jest.useFakeTimers();
  const budget = new Budget(1);
  const first = guest(true);
  await budget.take(1, 1_500, first);
  budget.take(1, 1_500, guest(false));
  // It has to leave after 100 ms.
  for (let count = 0; count < 3; count++) {
    expect(first.hasLeft()).toBe(false);
    budget.take(1, 1_500, guest(true));
    await later();
  }
  expect(first.hasLeft()).toBe(true);
});

test('who becomes known while it is there, or waits, is a stranger no more', async () => {
  jest.useFakeTimers();
  const budget = new Budget(1);
  let isStranger = true;
  const first = { isStranger: () => isStranger, leave: new AbortController() };
  const giveBack = await budget.take(1, 300, first);
  const order: string[] = [];
  const others = [guest(true), first].map((each, index) =>
    budget.take(1, 600, each).then((give) => {
      order.push(['stranger', 'first'][index] ?? '');
      give();
    }),
  );
  isStranger = false;
  const known = budget.take(1, 600, guest(false)).then((give) => {
    order.push('known');
    give();
  });
  await later();
  await later();
  expect(first.leave.signal.aborted).toBe(false);
  giveBack();
  await Promise.all([...others, known]);
  expect(order).toEqual(['first', 'known', 'stranger']);
});

test('who becomes known while it is the first to wait need not wait for strangers', async () => {
  jest.useFakeTimers();
  const budget = new Budget(1);
  const stranger = guest(true);
  await budget.take(1, 1_500, stranger);
  let isStranger = true;
  budget.take(1, 1_500, { isStranger: () => isStranger, leave: new AbortController() });
  isStranger = false;
  // A fifteenth of its patience.
  await jest.advanceTimersByTimeAsync(100);
  expect(stranger.hasLeft()).toBe(true);
});

test('who has to leave waits no more', async () => {
  jest.useFakeTimers();
  const memory = new Budget(1);
  const places = new Budget(1);
  await places.take(1);
  const stranger = guest(true);
  const giveBack = await memory.take(1, 300, stranger);
  const place = places.take(1, 10_000, stranger).finally(giveBack);
  const known = memory.take(1, 300, guest(false));
  const gaveUp = expect(place).rejects.toMatchObject({ code: 'unavailable' });
  await later();
  await Promise.all([gaveUp, known]);
  expect(places.isShort).toBe(false);
});

test('no more is taken than there is, equals take turns, and no stranger keeps others from it', async () => {
  jest.useFakeTimers();
  const TOTAL = 4;
  const step = fc.oneof(
    fc.record({ amount: fc.integer({ min: 1, max: TOTAL }), isStranger: fc.boolean() }),
    fc.record({ ends: fc.nat(), ms: fc.integer({ min: 0, max: 500 }) }),
  );
  type Asking = Guest & { readonly amount: number; give?: () => void };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const budget = new Budget(TOTAL);
      const asked: Asking[] = [];
      const served: Asking[] = [];
      const known = (askings: Asking[]) => askings.filter(({ isStranger }) => !isStranger());
      const has = () => served.filter(({ give }) => give);
      const end = (asking?: Asking): void => {
        asking?.give?.();
        if (asking) asking.give = undefined;
      };
      const ask = (amount: number, isStranger: boolean): void => {
        const leave = new AbortController();
        const asking: Asking = { amount, isStranger: () => isStranger, leave };
        asked.push(asking);
        leave.signal.addEventListener('abort', () => end(asking));
        const give = (giveBack: () => void): void => {
          asking.give = giveBack;
          served.push(asking);
        };
        budget.take(amount, 30_000_000, asking).then(give, () => {});
      };
      for (const each of steps) {
        if ('amount' in each) ask(each.amount, each.isStranger);
        else {
          end(has()[each.ends % Math.max(1, has().length)]);
          await jest.advanceTimersByTimeAsync(each.ms);
        }
        await jest.advanceTimersByTimeAsync(0);
        expect(has().reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(TOTAL);
      }
      // Who is known ends in its time.
      for (let turn = 0; turn < asked.length; turn++) {
        for (const asking of known(has())) end(asking);
        await jest.advanceTimersByTimeAsync(0);
        if (known(has()).length === 0) await jest.advanceTimersByTimeAsync(2_000_000);
      }
      const strangers = (askings: Asking[]) => askings.filter(({ isStranger }) => isStranger());
      expect(known(served)).toEqual(known(asked));
      expect(known(asked).some(({ leave }) => leave.signal.aborted)).toBe(false);
      expect(strangers(served)).toEqual(strangers(asked).slice(0, strangers(served).length));
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 100) },
  );
});
