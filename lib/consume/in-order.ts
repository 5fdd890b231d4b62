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
  /**
   * The length of a lease, in milliseconds: 60,000 by default. If a worker dies, its subject is free after
   * that.
   */
  readonly leaseMs?: number;
  /** How long this worker waits for a subject that is leased, in milliseconds: 2,000 by default. */
  readonly waitMs?: number;
  /**
   * `newest` skips an event that is older than one that took effect or is pending. `each` applies every event
   * once, in the order of receipt.
   */
  readonly effect?: 'newest' | 'each';
  /** Also applies stale and duplicate events, to process them again on purpose. */
  readonly replay?: boolean;
  /** The current time in milliseconds since 1970, for tests. */
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

  /** Polls the lease for a moment, after announcing the event to other workers. */
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

/** Repeats a call once. If its answer was lost but its work was done, the second call reports that. */
const again = <R>(call: () => Promise<R>): Promise<R> =>
  call().catch((error: unknown) => {
    if (error instanceof LabelrelayError) throw error;
    return call();
  });

const named = ({ type, id }: AnyEvent): string => `${type} ${id}`;
