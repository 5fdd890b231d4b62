import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { AnyEvent } from '../../../lib/consume/event';
import type { HandlerContext } from '../../../lib/consume/guard';
import { inOrder } from '../../../lib/consume/in-order';
import type { Marks } from '../../../lib/consume/marks';
import { memoryMarks } from '../../../lib/consume/memory-marks';
import { Wait } from '../../../lib/consume/wait';
import { buildEvent } from '../../../lib/testing/build-event';

const at = (second: number): AnyEvent =>
  buildEvent('label.updated', undefined, {
    subject: 'label/1',
    sequence: `2026-01-01T00:00:0${second}.000000Z-1`,
  }) as AnyEvent;

const down = async (): Promise<never> => {
  throw new Error('throttled');
};

/** A call that does its work, and whose answer is lost the first time. */
function losing<A extends unknown[], R>(call: (...args: A) => Promise<R>): typeof call {
  let calls = 0;
  return async (...args) => {
    const answer = await call(...args);
    if (++calls === 1) throw new Error('socket hang up');
    return answer;
  };
}

describe('a lease', () => {
  const LEASE_MS = 300;

  /** Runs a handler until its signal. @returns the time in milliseconds, and the reason */
  async function until(marks: Marks): Promise<{ ms: number; reason: string }> {
    const began = Date.now();
    let told = { ms: 0, reason: 'never told' };
    const guard = inOrder(marks, { leaseMs: LEASE_MS });
    await guard(at(1), async ({ signal }: HandlerContext) => {
      const wait = setTimeout(5 * LEASE_MS, undefined, { signal });
      await wait.catch(() => {
        told = { ms: Date.now() - began, reason: signal.reason.message };
      });
    });
    return told;
  }

  test('that cannot be extended expires at the end of its last confirmed extension', async () => {
    const { ms, reason } = await until({ ...memoryMarks(), extend: down });
    expect(reason).toBe(
      'expected to keep the lease while the handler runs, got its end before it was extended',
    );
    expect(ms).toBeGreaterThanOrEqual(LEASE_MS - 5);
    expect(ms).toBeLessThan(3 * LEASE_MS);
  });

  test('counts from the last extension that was confirmed', async () => {
    const marks = memoryMarks();
    let calls = 0;
    // Two of the extensions after 100, 200, 300, … ms succeed: the lease ends after 500.
    const extend: Marks['extend'] = (key, lease) =>
      ++calls <= 2 ? marks.extend(key, lease) : down();
    const { ms } = await until({ ...marks, extend });
    expect(ms).toBeGreaterThanOrEqual(500 - 5);
  });

  test('expires if its extension is never answered', async () => {
    const { ms } = await until({ ...memoryMarks(), extend: () => new Promise(() => {}) });
    expect(ms).toBeGreaterThanOrEqual(LEASE_MS - 5);
  });

  test('is kept if it is extended in time', async () => {
    const marks = memoryMarks();
    let calls = 0;
    const extend: Marks['extend'] = (key, lease) =>
      ++calls % 2 === 1 ? down() : marks.extend(key, lease);
    const told = await until({ ...marks, extend });
    expect(told.reason).toBe('never told');
  });

  test('ends at once if another worker owns it', async () => {
    const { ms, reason } = await until({ ...memoryMarks(), extend: async () => false });
    expect(reason).toContain('got another worker on it');
    expect(ms).toBeLessThan(LEASE_MS);
  });
});

describe('an answer that is lost', () => {
  test.each(['claim', 'settle'] as const)('to %s: the event takes effect, once', async (name) => {
    const marks = memoryMarks();
    const guard = inOrder({ ...marks, [name]: losing(marks[name] as never) });
    let effects = 0;
    const event = at(1);
    expect(await guard(event, async () => void effects++)).toBe('done');
    expect(await guard(event, async () => void effects++)).toBe('duplicate');
    expect(effects).toBe(1);
  });

  test('a store that fails twice counts as down', async () => {
    const guard = inOrder({ ...memoryMarks(), claim: down });
    await expect(guard(at(1), async () => {})).rejects.toThrow('throttled');
  });
});

describe('many events of one subject', () => {
  test('an older one is stale while a newer one is handled, or waits', async () => {
    const guard = inOrder(memoryMarks(), { waitMs: 0 });
    const newest = at(5);
    let finish = (): void => {};
    const first = guard(at(2), () => new Promise((resolve) => (finish = resolve)));
    await setTimeout(1);
    await expect(guard(newest, async () => {})).rejects.toBeInstanceOf(Wait);
    expect(await guard(at(1), async () => {})).toBe('stale');
    expect(await guard(at(4), async () => {})).toBe('stale');
    finish();
    expect(await first).toBe('done');
    expect(await guard(at(4), async () => {})).toBe('stale');
    expect(await guard(newest, async () => {})).toBe('done');
  });

  test('a newer event that failed does not stop an older one from taking effect', async () => {
    const guard = inOrder(memoryMarks(), { waitMs: 0 });
    await expect(guard(at(5), down)).rejects.toThrow('throttled');
    expect(await guard(at(4), async () => {})).toBe('done');
    expect(await guard(at(5), async () => {})).toBe('done');
  });
});
