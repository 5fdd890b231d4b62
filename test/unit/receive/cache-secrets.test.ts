import { describe, expect, test } from '@jest/globals';
import { Secret } from '../../../lib/platforms/secret';
import * as cache from '../../../lib/receive/verify/cache-secrets';

/** Secrets do not reveal their text, so a test remembers the name of each. */
const made = new Map<Secret, string>();
const secretsOf = (names: readonly string[]): Secret[] =>
  names.map((name) => {
    const secret = new Secret(name);
    made.set(secret, name);
    return secret;
  });
const namesOf = (secrets: readonly Secret[] | undefined) =>
  secrets?.map((secret) => made.get(secret));

type Read = (source: string, extent: { isWhole: boolean }) => Promise<readonly string[]>;

/** The cache, with names in place of secrets. */
function cacheSecrets(read: Read, now: () => number) {
  const store = cache.cacheSecrets(
    async (source, extent) => secretsOf(await read(source, extent)),
    now,
  );
  return {
    read: async (source: string) => namesOf((await store.read(source)).secrets),
    refresh: async (source: string) => namesOf((await store.refresh(source))?.secrets),
  };
}

function fakeStore(...results: (readonly string[] | Error)[]) {
  let reads = 0;
  const read = async () => {
    const result = results[Math.min(reads++, results.length - 1)];
    if (result instanceof Error) throw result;
    return result ?? [];
  };
  return { read, reads: () => reads };
}

test('a secret is remembered for at most 60 seconds', async () => {
  let now = 0;
  const store = fakeStore(['one'], ['two']);
  const cache = cacheSecrets(store.read, () => now);
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
    async () => {
      now += 10_000;
      return [String(now)];
    },
    () => now,
  );
  expect(await cache.read('a')).toEqual(['10000']);
  now = 60_000;
  expect(await cache.read('a')).toEqual(['70000']);
});

test('a failed read is never remembered', async () => {
  const store = fakeStore(new Error('down'), new Error('down'), ['back']);
  const cache = cacheSecrets(store.read, () => 0);
  await expect(cache.read('a')).rejects.toThrow('down');
  await expect(cache.read('a')).rejects.toThrow('down');
  expect(await cache.read('a')).toEqual(['back']);
});

test('a source without a secret is asked again after 5 seconds', async () => {
  let now = 0;
  const store = fakeStore([], ['made']);
  const cache = cacheSecrets(store.read, () => now);
  expect(await cache.read('a')).toEqual([]);
  now = 4_999;
  expect(await cache.read('a')).toEqual([]);
  now = 5_000;
  expect(await cache.read('a')).toEqual(['made']);
});

test('deliveries that wait share one read, each source its own', async () => {
  const store = fakeStore(['one']);
  const cache = cacheSecrets(store.read, () => 0);
  await Promise.all(Array.from({ length: 50 }, () => cache.read('a')));
  expect(store.reads()).toBe(1);
  await cache.read('b');
  expect(store.reads()).toBe(2);
});

describe('while the store is down', () => {
  test('a secret that is remembered goes on, and the store is asked once a second', async () => {
    let now = 0;
    const store = fakeStore(['one'], new Error('down'), new Error('down'), ['two']);
    const cache = cacheSecrets(store.read, () => now);
    await cache.read('a');
    now = 3_600_000;
    expect(await cache.read('a')).toEqual(['one']);
    now += 999;
    expect(await cache.read('a')).toEqual(['one']);
    expect(store.reads()).toBe(2);
    now += 1;
    expect(await cache.read('a')).toEqual(['one']);
    expect(store.reads()).toBe(3);
    now += 1_000;
    expect(await cache.read('a')).toEqual(['two']);
  });

  test('one that is slow is not waited for, unless nothing else will do', async () => {
    let now = 0;
    let secrets = ['old'];
    const cache = cacheSecrets(
      () => new Promise((resolve) => setTimeout(resolve, 700, secrets)),
      () => now,
    );
    await cache.read('a');
    now = 299_999;
    secrets = ['new'];
    // Timers end in order, however slow the machine is.
    const late = new Promise((resolve) => setTimeout(resolve, 500, 'late'));
    expect(await Promise.race([cache.read('a'), late])).toEqual(['old']);
    // Credentials that match nothing wait for what is being read.
    expect(await cache.refresh('a')).toEqual(['new']);
    expect(await cache.read('a')).toEqual(['new']);
  });

  test('an answer cached for five minutes is not trusted while the store answers', async () => {
    let now = 0;
    let secrets: string[] | Error = ['revoked'];
    const cache = cacheSecrets(
      () =>
        new Promise((resolve, reject) =>
          setTimeout(() => (Array.isArray(secrets) ? resolve(secrets) : reject(secrets)), 300),
        ),
      () => now,
    );
    await cache.read('a');
    now = 300_000;
    secrets = ['new'];
    expect(await cache.read('a')).toEqual(['new']);
    now = 600_000;
    secrets = new Error('down');
    expect(await cache.read('a')).toEqual(['new']);
  });

  test('a read that hangs delays nobody while a cached secret is there', async () => {
    let now = 0;
    let isDown = false;
    const cache = cacheSecrets(
      async () => (isDown ? new Promise(() => {}) : ['one']),
      () => now,
    );
    await cache.read('a');
    isDown = true;
    for (now = 60_000; now < 200_000; now += 20_000) expect(await cache.read('a')).toEqual(['one']);
  });

  test('a flood of deliveries where nothing is remembered asks five times, then once a second', async () => {
    let now = 0;
    const store = fakeStore(new Error('down'));
    const cache = cacheSecrets(store.read, () => now);
    for (; now < 3_000; now += 10) await expect(cache.read('a')).rejects.toThrow();
    expect(store.reads()).toBe(5 + 2);
  });
});

describe('credentials that match nothing', () => {
  test('ask again, but not more than once in ten seconds', async () => {
    let now = 0;
    const store = fakeStore(['one'], ['one'], ['two', 'one'], ['three']);
    const cache = cacheSecrets(store.read, () => now);
    await cache.read('a');
    await cache.refresh('a');
    now = 9_999;
    expect(await cache.refresh('a')).toBeUndefined();
    now = 10_000;
    expect(await Promise.all([cache.refresh('a'), cache.refresh('a')])).toContainEqual([
      'two',
      'one',
    ]);
    for (; now < 20_000; now += 100) expect(await cache.refresh('a')).toBeUndefined();
    expect(store.reads()).toBe(3);
    expect(await cache.read('a')).toEqual(['two', 'one']);
  });

  test('a flood of them while the store is down asks once a second, and learns nothing', async () => {
    let now = 0;
    const store = fakeStore(['one'], ['one'], new Error('down'));
    const cache = cacheSecrets(store.read, () => now);
    await cache.read('a');
    await cache.refresh('a');
    for (now = 10_000; now < 50_000; now += 100) await expect(cache.refresh('a')).rejects.toThrow();
    expect(store.reads()).toBe(2 + 40);
    expect(await cache.read('a')).toEqual(['one']);
  });

  test('an ask that failed does not count: the next one, a second later, finds the new secret', async () => {
    let now = 0;
    const store = fakeStore(['one'], ['one'], new Error('down'), ['two', 'one']);
    const cache = cacheSecrets(store.read, () => now);
    await cache.read('a');
    await cache.refresh('a');
    now = 10_000;
    await expect(cache.refresh('a')).rejects.toThrow('down');
    now = 11_000;
    expect(await cache.refresh('a')).toEqual(['two', 'one']);
  });

  test('are conclusive until the cache is 60 seconds old, and after that once it is read', async () => {
    let now = 0;
    let isDown = false;
    const store = cache.cacheSecrets(
      async () => {
        if (isDown) throw new Error('down');
        return secretsOf(['one']);
      },
      () => now,
    );
    const isConclusive = async () => (await store.read('a')).isConclusive;
    // The current secret alone is not conclusive.
    expect(await isConclusive()).toBe(false);
    expect(await store.refresh('a')).toMatchObject({ isConclusive: true });
    isDown = true;
    now = 59_999;
    expect(await isConclusive()).toBe(true);
    for (now = 60_000; now < 400_000; now += 500) {
      expect(await isConclusive()).toBe(false);
      await expect(store.refresh('a')).rejects.toThrow();
    }
    isDown = false;
    now += 1_000;
    expect(await isConclusive()).toBe(true);
  });
});

describe('the previous secret', () => {
  /** The reads of the store. */
  const extents: boolean[] = [];
  const store = (fails: () => boolean = () => false): Read => {
    extents.length = 0;
    return async (_, { isWhole }) => {
      extents.push(isWhole);
      if (isWhole && fails()) throw new Error('down');
      return isWhole ? ['new', 'old'] : ['new'];
    };
  };

  test('is not read until credentials match nothing, and then always', async () => {
    let now = 0;
    const cache = cacheSecrets(store(), () => now);
    expect(await cache.read('a')).toEqual(['new']);
    now = 60_000;
    expect(await cache.read('a')).toEqual(['new']);
    expect(await cache.refresh('a')).toEqual(['new', 'old']);
    expect(await cache.read('a')).toEqual(['new', 'old']);
    now = 120_000;
    expect(await cache.read('a')).toEqual(['new', 'old']);
    expect(extents).toEqual([false, false, true, true]);
  });

  test('is read once for all that wait for it, also beside a read of the current one', async () => {
    const cache = cacheSecrets(store(), () => 0);
    const first = cache.read('a');
    const rest = [cache.refresh('a'), cache.refresh('a'), cache.read('a')];
    expect(await first).toEqual(['new']);
    expect(await Promise.all(rest)).toEqual(Array(3).fill(['new', 'old']));
    // The read that ended last began first, so its result is not cached.
    expect(await cache.read('a')).toEqual(['new', 'old']);
    expect(extents).toEqual([false, true]);
  });

  test('that cannot be read is unknown, and is read again at most once a second', async () => {
    let now = 0;
    let isDown = true;
    const cache = cacheSecrets(
      store(() => isDown),
      () => now,
    );
    await cache.read('a');
    for (; now < 3_000; now += 100) {
      await expect(cache.refresh('a')).rejects.toThrow();
      expect(await cache.read('a')).toEqual(['new']);
    }
    expect(extents).toEqual([false, true, true, true]);
    isDown = false;
    expect(await cache.refresh('a')).toEqual(['new', 'old']);
  });
});
