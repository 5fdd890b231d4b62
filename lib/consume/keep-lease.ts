import type { HandlerContext } from './guard';
import type { Lease } from './marks';
import { RetryLater } from './retry-later';

export interface LeaseKeeper {
  readonly leaseMs: number;
  readonly now: () => number;
  /** @returns false if another worker has the lease */
  extend(lease: Lease): Promise<boolean>;
}

/**
 * Runs a handler, and extends its lease meanwhile. `signal` aborts when another worker has the lease, and when
 * the last confirmed lease ends, since nothing excludes other workers then.
 */
export async function keepLease(
  claimed: Lease,
  { leaseMs, now, extend }: LeaseKeeper,
  handle: (context: HandlerContext) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const lose = (came: string): void =>
    lost.abort(new RetryLater(`expected to keep the lease while the handler runs, got ${came}`));

  let confirmed = 0;
  let end: NodeJS.Timeout | undefined;
  const confirm = (until: number): void => {
    if (until <= confirmed) return;
    confirmed = until;
    clearTimeout(end);
    end = setTimeout(() => lose('its end before it was extended'), until - now()).unref();
  };

  let isOver = false;
  const heartbeat = async (): Promise<void> => {
    const lease = { ...claimed, until: now() + leaseMs };
    // A failed call does not prove that the lease is lost: the next one may succeed before its end.
    const isOurs = await extend(lease).catch(() => undefined);
    if (isOver || isOurs === undefined) return;
    if (isOurs) confirm(lease.until);
    else lose('another worker on it');
  };

  confirm(claimed.until);
  const timer = setInterval(heartbeat, leaseMs / 3).unref();
  try {
    await handle({ signal: lost.signal });
  } finally {
    isOver = true;
    clearInterval(timer);
    clearTimeout(end);
  }
}
