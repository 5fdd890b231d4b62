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
 * One event of a subject takes effect at a time, and none that is older than what took effect or is
 * pending. A worker that dies on the way is waited for; then its event takes effect again.
 *
 * For handlers with effects of any kind. The lease is extended while a handler runs. A process that
 * stands still for longer than its lease could still write late: where that cannot be excluded, keep
 * the event's `sequence` and `id` with what you write, and write only over older ones, as
 * `keepNewest` does.
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
