import { expect, test } from '@jest/globals';
import { storedOverflow } from '../../../lib/receive/large/stored-overflow';
import { memoryObjects } from '../../support/memory-objects';

const BLOCKS = 40;

/** An overflow with 40 blocks, whose store refuses to remove some. */
async function fill(refused: (block: number) => boolean) {
  const stored = new Map<string, Uint8Array>();
  const { objects } = memoryObjects(stored);
  let tries = 0;
  let [running, most] = [0, 0];
  const overflow = storedOverflow('progress/id', {
    signal: new AbortController().signal,
    objects: {
      ...objects,
      async remove(key) {
        tries++;
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        const block = Number(key.split('/').at(-1));
        if (refused(block)) throw new Error(`refused ${block}`);
        await objects.remove(key);
      },
    },
  });
  for (let block = 0; block < BLOCKS; block++) await overflow.put([`text ${block}`]);
  return { overflow, stored, counts: () => ({ tries, most }) };
}

test('all blocks are removed, sixteen at a time', async () => {
  const { overflow, stored, counts } = await fill(() => false);
  expect(stored.size).toBe(BLOCKS);
  await overflow.clear();
  expect([...stored.keys()]).toEqual([]);
  expect(counts()).toEqual({ tries: BLOCKS, most: 16 });
});

test('blocks that cannot be removed are left alone, and the first error is thrown after the others', async () => {
  const { overflow, stored, counts } = await fill((block) => block % 4 === 1);
  await expect(overflow.clear()).rejects.toThrow('refused 1');
  expect([...stored.keys()]).toEqual(
    [1, 5, 9, 13, 17, 21, 25, 29, 33, 37].map((block) => `progress/id/${block}`),
  );
  expect(counts().tries).toBe(BLOCKS);
});

test('a store that is down is not asked for every block', async () => {
  const { overflow, stored, counts } = await fill(() => true);
  await expect(overflow.clear()).rejects.toThrow('refused 0');
  expect(stored.size).toBe(BLOCKS);
  // When the sixteenth error comes, fifteen more may be under way.
  expect(counts().tries).toBeLessThanOrEqual(16 + 15);
});

test('an overflow without blocks has nothing to remove', async () => {
  const objects = memoryObjects(new Map()).objects;
  const remove = () => Promise.reject(new Error('called'));
  const { signal } = new AbortController();
  await storedOverflow('progress/id', { signal, objects: { ...objects, remove } }).clear();
});
