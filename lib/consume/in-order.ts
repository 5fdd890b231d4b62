import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../errors';
import { TOMBSTONE_MS } from '../events/tombstone';
import type { AnyEvent } from './event';
import type { Guard } from './guard';
import { keepLease } from './keep-lease';
import type { Claim, Lease, Marks } from './marks';
import { type Place, placeAlone, placeOf } from './position';
import { RetryLater } from './retry-later';
import { Wait } from './wait';

/**
 * The options of `inOrder`.
 *
 * @example
 * ```ts
 * import { memoryMarks } from 'labelrelay/testing';
 * import { type InOrderOptions, inOrder } from 'labelrelay/worker';
 *
 * const options: InOrderOptions = { leaseMs: 120_000, effect: 'each' };
 * console.log(typeof inOrder(memoryMarks(), options)); // function
 * ```
 */
export interface InOrderOptions {
  /** How long a worker that died keeps its subject from others, in milliseconds: 60,000. */
  readonly leaseMs?: number;
  /** How long a subject that another worker is on is waited for here, in milliseconds: 2,000. */
  readonly waitMs?: number;
  /**
   * `newest`: an event that is older than one that took effect, or is about to, is skipped. `each`:
   * every event takes effect once, in the order in which they come.
   */
  readonly effect?: 'newest' | 'each';
  /** Events that are old or known take effect too: to do it all again, on purpose. */
  readonly replay?: boolean;
  readonly now?: () => number;
}

const POLL_MS = 50;

/**
 * Applies the events of a subject one at a time, and skips an event that is older than one that took effect or is
 * pending. If a worker dies in between, others wait for the end of its lease; then its event takes effect again.
 *
 * Use it for handlers with effects of any kind. The lease is extended while a handler runs. A process that is suspended
 * for longer than its lease could still write late. If that matters, store the event's `sequence` and `id` with your data,
 * and overwrite only older data, as `keepNewest` does.
 *
 * @throws Wait if another worker has the lease; RetryLater if this worker lost it
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder } from 'labelrelay/worker';
 *
 * const worker = createWorker({ 'label.updated': () => {} }, { guard: inOrder(memoryMarks()) });
 * const update = (second: number) =>
 *   JSON.stringify(
 *     buildEvent('label.updated', {}, {
 *       subject: 'label/1',
 *       sequence: `2026-01-01T00:00:0${second}.000000Z-1`,
 *     }),
 *   );
 * console.log(await worker(update(2))); // done
 * console.log(await worker(update(1))); // stale
 * ```
 */
export function inOrder(
  marks: Marks,
  {
    leaseMs = 60_000,
    waitMs = 2_000,
    effect = 'newest',
    replay = false,
    now = Date.now,
  }: InOrderOptions = {},
): Guard<void> {
  return async (event, handle) => {
    const place = effect === 'each' ? placeAlone(event) : placeOf(event);
    const { key } = place;
    const owner = randomUUID();
    let lease: Lease = { owner, until: 0 };
    const renew = (): Lease => {
      lease = { owner, until: now() + leaseMs };
      return lease;
    };

    const claim = await claimOrWait(place, () => marks.claim(key, place, renew()));
    if (claim.is === 'busy') {
      throw new Wait(`expected no other worker on the subject of ${named(event)}, got one`);
    }
    if (claim.is !== 'claimed') {
      if (!replay) return claim.is;
      await handle({ signal: new AbortController().signal });
      return 'done';
    }

    try {
      const extend = (extended: Lease) => marks.extend(key, extended);
      await keepLease(lease, { leaseMs, now, extend }, handle);
    } catch (error) {
      await marks.release(key, lease).catch(() => {});
      throw error;
    }
    const expiresAt = place.isLast ? now() + TOMBSTONE_MS : undefined;
    if (await again(() => marks.settle(key, place, lease, expiresAt))) return 'done';
    const message = `expected to keep the lease until ${named(event)} took effect, got another worker on it`;
    throw new RetryLater(message);
  };

  /** Waits here for a moment, and has others know of it first. */
  async function claimOrWait(place: Place, claim: () => Promise<Claim>): Promise<Claim> {
    const end = now() + waitMs;
    for (let pause = POLL_MS; ; pause *= 2) {
      const claimed = await again(claim);
      if (claimed.is !== 'busy') return claimed;
      if (pause === POLL_MS) await marks.announce(place.key, place);
      if (now() + pause >= end) return claimed;
      await setTimeout(pause * (0.5 + Math.random()));
    }
  }
}

/** A call whose answer was lost may have done its work: made again, it finds that. */
const again = <R>(call: () => Promise<R>): Promise<R> =>
  call().catch((error: unknown) => {
    if (error instanceof LabelrelayError) throw error;
    return call();
  });

const named = ({ type, id }: AnyEvent): string => `${type} ${id}`;
