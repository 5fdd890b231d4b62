import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { AnyEvent } from './event';
import type { Guard, HandlerContext } from './guard';
import type { Claim, Lease, Marks } from './marks';
import { placeAlone, placeOf } from './position';
import { RetryLater } from './retry-later';
import { TOMBSTONE_MS } from './tombstone';

export interface InOrderOptions {
  /** How long a worker that died keeps its subject from others, in milliseconds: 60,000. */
  readonly leaseMs?: number;
  /** How long a subject that another worker is on is waited for here, in milliseconds: 2,000. */
  readonly waitMs?: number;
  /**
   * `newest`: an event that is older than one that took effect is skipped. `each`: every event takes
   * effect once, in the order in which they come.
   */
  readonly effect?: 'newest' | 'each';
  /** Events that are old or known take effect too: to do it all again, on purpose. */
  readonly replay?: boolean;
  readonly now?: () => number;
}

const POLL_MS = 50;

/**
 * One event of a subject takes effect at a time, and none that is older than what took effect. A
 * worker that dies on the way is waited for; then its event takes effect again.
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
    const lease = (): Lease => ({ owner, until: now() + leaseMs });

    const claim = await claimOrWait(() => marks.claim(key, place, lease()));
    if (claim.is === 'busy') {
      const message = `expected no other worker on ${event.type} ${event.id}, got one`;
      throw new RetryLater(message, Math.ceil((claim.until - now()) / 1_000));
    }
    if (claim.is !== 'claimed') {
      if (!replay) return claim.is;
      await handle({ signal: new AbortController().signal });
      return 'done';
    }

    try {
      await keepLease(() => marks.extend(key, lease()), leaseMs, handle);
    } catch (error) {
      await marks.release(key, lease()).catch(() => {});
      throw error;
    }
    const expiresAt = place.isLast ? now() + TOMBSTONE_MS : undefined;
    if (await marks.settle(key, place, lease(), expiresAt)) return 'done';
    throw new RetryLater(lostLease(event));
  };

  async function claimOrWait(claim: () => Promise<Claim>): Promise<Claim> {
    const end = now() + waitMs;
    for (;;) {
      const claimed = await claim();
      if (claimed.is !== 'busy' || now() >= end) return claimed;
      await setTimeout(POLL_MS * (0.5 + Math.random()));
    }
  }
}

/** Runs a handler, and extends the lease meanwhile. */
async function keepLease(
  extend: () => Promise<boolean>,
  leaseMs: number,
  handle: (context: HandlerContext) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const heartbeat = setInterval(() => {
    // A call that fails says nothing of the lease.
    const extended = extend().catch(() => true);
    extended.then((isOurs) => isOurs || lost.abort());
  }, leaseMs / 3).unref();
  try {
    await handle({ signal: lost.signal });
  } finally {
    clearInterval(heartbeat);
  }
}

const lostLease = ({ type, id }: AnyEvent): string =>
  `expected to keep the lease until ${type} ${id} took effect, got another worker on it`;
