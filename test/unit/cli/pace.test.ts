import { expect, test } from '@jest/globals';
import { pace } from '../../../cli/send/pace';

test('if an item fails, no other is started, and running ones are awaited', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await new Promise((resolve) => setTimeout(resolve, item === 2 ? 10 : 60));
    if (item === 2) throw new Error('the second');
    ended.push(item);
  };
  // One every 20 ms: the second fails while the first is running, before the fourth is due.
  const paced = pace([1, 2, 3, 4, 5, 6], 50, work);
  await expect(paced).rejects.toThrow('the second');
  expect(begun.length).toBeLessThan(5);
  expect(ended).toEqual(begun.filter((item) => item !== 2));
});

test('one after the other without a rate', async () => {
  const order: string[] = [];
  await pace(['a', 'b'], undefined, async (item) => {
    order.push(`${item} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${item} ends`);
  });
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});
