import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { AnyEvent } from '../../../lib/consume/event';
import type { HandlerContext } from '../../../lib/consume/guard';
import { inOrder } from '../../../lib/consume/in-order';
import type { Marks } from '../../../lib/consume/marks';
import { memoryMarks } from '../../../lib/consume/memory-marks';
import { Wait } from '../../../lib/consume/wait';
import { LabelrelayError } from '../../../lib/errors';
import { TOMBSTONE_MS } from '../../../lib/events/tombstone';
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

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      globalThis.setTimeout(resolve, ms);
    });

  /** Runs a handler until its signal. @returns the time in milliseconds, and the reason */
  async function until(marks: Marks): Promise<{ ms: number; reason: string }> {
    const began = Date.now();
    let told = { ms: 0, reason: 'never told' };
    const guard = inOrder(marks, { leaseMs: LEASE_MS });
    const ended = guard(at(1), async ({ signal }: HandlerContext) => {
      signal.addEventListener('abort', () => {
        told = { ms: Date.now() - began, reason: signal.reason.message };
      });
      await Promise.race([sleep(5 * LEASE_MS), once(signal, 'abort')]);
    });
    await jest.advanceTimersByTimeAsync(5 * LEASE_MS);
    await ended;
    return told;
  }

  test('that cannot be extended expires at the end of its last confirmed extension', async () => {
    expect(await until({ ...memoryMarks(), extend: down })).toEqual({
      ms: LEASE_MS,
      reason:
        'expected to keep the lease while the handler runs, got its end before it was extended',
    });
  });

  test('counts from the last extension that was confirmed', async () => {
    const marks = memoryMarks();
    let calls = 0;
    // Two of the extensions after 100, 200, 300, … ms succeed: the lease ends after 500.
    const extend: Marks['extend'] = (key, lease) =>
      ++calls <= 2 ? marks.extend(key, lease) : down();
    expect((await until({ ...marks, extend })).ms).toBe(500);
  });

  test('is not shortened by an extension that is confirmed after a later one', async () => {
    const marks = memoryMarks();
    let calls = 0;
    // The extensions after 100 and 200 ms succeed, the first of them after 250.
    const extend: Marks['extend'] = async (key, lease) => {
      const call = ++calls;
      if (call === 1) await sleep(150);
      return call <= 2 ? marks.extend(key, lease) : down();
    };
    expect((await until({ ...marks, extend })).ms).toBe(500);
  });

  test('is neither extended nor lost any more when the handler has ended', async () => {
    let calls = 0;
    let answer: (isOurs: boolean) => void = () => {};
    let signal: AbortSignal | undefined;
    const extend = (): Promise<boolean> => {
      calls++;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const ended = inOrder({ ...memoryMarks(), extend }, { leaseMs: LEASE_MS })(
      at(1),
      async (context: HandlerContext) => {
        signal = context.signal;
        // The first extension is asked for after 100 ms.
        await sleep(150);
      },
    );
    await jest.advanceTimersByTimeAsync(150);
    await ended;
    expect(calls).toBe(1);
    answer(false);
    await jest.advanceTimersByTimeAsync(2 * LEASE_MS);
    expect([calls, signal?.aborted]).toEqual([1, false]);
  });

  test('expires if its extension is never answered', async () => {
    const { ms } = await until({ ...memoryMarks(), extend: () => new Promise(() => {}) });
    expect(ms).toBe(LEASE_MS);
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
    // The first extension is asked for after a third of the lease.
    expect(ms).toBe(LEASE_MS / 3);
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

  test('an error of the store that another call would repeat is thrown at once', async () => {
    let calls = 0;
    const claim = async (): Promise<never> => {
      calls++;
      throw new LabelrelayError('unknown-version', 'expected a table of version 1, got version 2');
    };
    const guard = inOrder({ ...memoryMarks(), claim });
    await expect(guard(at(1), async () => {})).rejects.toThrow('got version 2');
    expect(calls).toBe(1);
  });
});

describe('a subject that another worker has', () => {
  /** Marks on which a number of claims find the subject busy. */
  function busy(times: number) {
    const marks = memoryMarks();
    const calls = { claim: 0, announce: 0 };
    const claim: Marks['claim'] = async (...args) =>
      ++calls.claim <= times ? { is: 'busy', until: Number.MAX_VALUE } : marks.claim(...args);
    const announce: Marks['announce'] = async (...args) => {
      calls.announce++;
      await marks.announce(...args);
    };
    return { marks: { ...marks, claim, announce }, calls };
  }

  test('is claimed again until it is free, and the event is announced once', async () => {
    const { marks, calls } = busy(3);
    expect(await inOrder(marks)(at(1), async () => {})).toBe('done');
    expect(calls).toEqual({ claim: 4, announce: 1 });
  });

  test('ends the wait after waitMs, with the type and the id of the event', async () => {
    const { marks, calls } = busy(Number.MAX_VALUE);
    const event = at(1);
    const short = inOrder(marks, { waitMs: 49 });
    await expect(short(event, async () => {})).rejects.toThrow(
      `expected no other worker on the subject of ${event.type} ${event.id}, got one`,
    );
    expect(calls.claim).toBe(1);
    // By a clock that stands still, pauses of 50 and 100 ms are within the time, and one of 200 is not.
    const stopped = inOrder(marks, { waitMs: 151, now: () => 0 });
    await expect(stopped(event, async () => {})).rejects.toBeInstanceOf(Wait);
    expect(calls.claim).toBe(1 + 3);
  });
});

describe('the effect', () => {
  const count = async (guard: ReturnType<typeof inOrder>, seconds: number[]) => {
    let effects = 0;
    const verdicts = [];
    for (const second of seconds) {
      const event = { ...at(second), id: `event-${second}` } as AnyEvent;
      verdicts.push(await guard(event, async () => void effects++));
    }
    return { verdicts, effects };
  };

  test('each applies an older event too, but none twice', async () => {
    expect(await count(inOrder(memoryMarks(), { effect: 'each' }), [2, 1, 2])).toEqual({
      verdicts: ['done', 'done', 'duplicate'],
      effects: 2,
    });
  });

  test('newest skips the older event', async () => {
    expect(await count(inOrder(memoryMarks()), [2, 1, 2])).toEqual({
      verdicts: ['done', 'stale', 'duplicate'],
      effects: 1,
    });
  });

  test('replay applies stale and duplicate events again', async () => {
    const marks = memoryMarks();
    await count(inOrder(marks), [2]);
    const guard = inOrder(marks, { replay: true });
    expect(await count(guard, [1, 2])).toEqual({ verdicts: ['done', 'done'], effects: 2 });
    await guard(at(1), async ({ signal }) => expect(signal.aborted).toBe(false));
  });

  test('a mark of a deleted subject may expire, and that of a living one may not', async () => {
    const expiries: (number | undefined)[] = [];
    const marks = memoryMarks();
    const settle: Marks['settle'] = (key, place, lease, expiresAt) => {
      expiries.push(expiresAt);
      return marks.settle(key, place, lease, expiresAt);
    };
    const guard = inOrder({ ...marks, settle }, { now: () => 1_000 });
    const deleted = buildEvent('label.deleted', undefined, {
      subject: 'label/1',
      sequence: '2026-01-01T00:00:09.000000Z-2',
    }) as AnyEvent;
    await guard(at(1), async () => {});
    await guard(deleted, async () => {});
    expect(expiries).toEqual([undefined, 1_000 + TOMBSTONE_MS]);
  });

  test('a lease that was lost at the end is a retry, with the type and the id of the event', async () => {
    const guard = inOrder({ ...memoryMarks(), settle: async () => false });
    const event = at(1);
    await expect(guard(event, async () => {})).rejects.toThrow(
      `until ${event.type} ${event.id} took effect, got another worker on it`,
    );
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
