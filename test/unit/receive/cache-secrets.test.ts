import { expect, test } from '@jest/globals';
import { cacheSecrets } from '../../../lib/receive/cache-secrets';

function fakeStore(...results: (readonly string[] | Error)[]) {
  let reads = 0;
  return {
    reads: () => reads,
    read: async () => {
      const result = results[Math.min(reads++, results.length - 1)];
      if (result instanceof Error) throw result;
      return result ?? [];
    },
  };
}

test('a secret is remembered for at most 60 seconds', async () => {
  let now = 0;
  const store = fakeStore(['one'], ['two']);
  const cache = cacheSecrets(store, () => now);
  expect(await cache.read('a')).toEqual(['one']);
  now = 59_999;
  expect(await cache.read('a')).toEqual(['one']);
  now = 60_000;
  expect(await cache.read('a')).toEqual(['two']);
  expect(store.reads()).toBe(2);
});

test('the life is counted from when the read began', async () => {
  let now = 0;
  const cache = cacheSecrets(
    {
      read: async () => {
        now += 10_000;
        return [String(now)];
      },
    },
    () => now,
  );
  expect(await cache.read('a')).toEqual(['10000']);
  now = 60_000;
  expect(await cache.read('a')).toEqual(['70000']);
});

test('a failed read is never remembered', async () => {
  const store = fakeStore(new Error('down'), new Error('down'), ['back']);
  const cache = cacheSecrets(store, () => 0);
  await expect(cache.read('a')).rejects.toThrow('down');
  await expect(cache.read('a')).rejects.toThrow('down');
  expect(await cache.read('a')).toEqual(['back']);
});

test('a source without a secret is asked again after 5 seconds', async () => {
  let now = 0;
  const store = fakeStore([], ['made']);
  const cache = cacheSecrets(store, () => now);
  expect(await cache.read('a')).toEqual([]);
  now = 4_999;
  expect(await cache.read('a')).toEqual([]);
  now = 5_000;
  expect(await cache.read('a')).toEqual(['made']);
});

test('deliveries that wait share one read, each source its own', async () => {
  const store = fakeStore(['one']);
  const cache = cacheSecrets(store, () => 0);
  await Promise.all(Array.from({ length: 50 }, () => cache.read('a')));
  expect(store.reads()).toBe(1);
  await cache.read('b');
  expect(store.reads()).toBe(2);
});
