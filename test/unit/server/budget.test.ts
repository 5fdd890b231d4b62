import { expect, test } from '@jest/globals';
import { Budget } from '../../../lib/server/budget';

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
