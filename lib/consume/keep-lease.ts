import type { HandlerContext } from './guard';
import type { Lease } from './marks';
import { RetryLater } from './retry-later';

export interface LeaseKeeper {
  readonly leaseMs: number;
  readonly now: () => number;
  /** @returns false when the lease was lost */
  extend(lease: Lease): Promise<boolean>;
}

/**
 * Runs a handler, and extends the lease meanwhile. `signal` fires when somebody else has the lease, and
 * when the last one that was confirmed ends: then nothing keeps others out any more.
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
    // A call that fails says nothing of the lease: the next one may pass before its end.
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
