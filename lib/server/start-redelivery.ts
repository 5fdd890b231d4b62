import type { Outcome, RedeliverPorts } from '../receive/ports';
import type { ReceiveSettings } from '../receive/receive';
import { redeliver } from '../receive/redeliver/redeliver';
import { LANES, LARGE_LANES, SWEEP_MS, sweep } from '../receive/redeliver/sweep';
import { isLarge, isNext } from '../receive/stored/object-keys';
import type { ObjectStore, UploadStore } from '../receive/stored/object-store';
import { Budget } from './budget';

export interface LocalRedelivery {
  /** The object store. A delivery that it stores is redelivered at once if it was held only to save time. */
  readonly objects: ObjectStore & UploadStore;
  /** Starts nothing new. Resolves when all running work has ended. */
  stop(): Promise<void>;
}

/** How long a delivery waits for its turn before it is left to the next sweep, in milliseconds. */
const WAIT_MS = 600_000;

/**
 * Redelivers beside a server: does the work that S3 events and a schedule trigger in a deployment.
 *
 * @param redeliverLarge like `redeliver`, for one large delivery at a time
 */
export function startRedelivery(
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  redeliverLarge?: (key: string) => Promise<Outcome>,
): LocalRedelivery {
  const underway = new Set<Promise<unknown>>();
  // Small deliveries never wait for large ones.
  const small = {
    lanes: new Budget(LANES),
    retry: (key: string): Promise<Outcome> => redeliver(key, ports, settings),
  };
  const large = { lanes: new Budget(LARGE_LANES), retry: redeliverLarge ?? small.retry };
  const taken = new Set<string>();
  let isStopped = false;
  const begin = (work: Promise<unknown>): void => {
    // A failure is logged already, and the delivery is tried again.
    const ended = work.catch(() => {}).finally(() => underway.delete(ended));
    underway.add(ended);
  };
  /** Skips a delivery that is being redelivered already: a sweep may find it too. */
  const attempt = async (key: string): Promise<Outcome> => {
    if (taken.has(key)) return 'waits';
    taken.add(key);
    const { lanes, retry } = isLarge(key) ? large : small;
    let giveBack = (): void => {};
    try {
      giveBack = await lanes.take(1, { waitMs: WAIT_MS });
      if (isStopped) return 'waits';
      return await retry(key);
    } catch {
      // The wait for a turn was too long.
      return 'waits';
    } finally {
      giveBack();
      taken.delete(key);
    }
  };
  const onceStored = (key: string): void => {
    if (isNext(key)) begin(attempt(key));
  };
  begin(sweep(ports, settings, { all: true, attempt }));
  const timer = setInterval(() => begin(sweep(ports, settings, { attempt })), SWEEP_MS);

  return {
    objects: {
      async put(key, content, options) {
        const uri = await ports.objects.put(key, content, options);
        onceStored(key);
        return uri;
      },
      begin(key, signal) {
        const upload = ports.objects.begin(key, signal);
        return {
          ...upload,
          async commit() {
            const uri = await upload.commit();
            onceStored(key);
            return uri;
          },
        };
      },
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await Promise.all(underway);
    },
  };
}
