import { isNext } from '../receive/hold';
import type { ObjectStore, RedeliverPorts } from '../receive/ports';
import type { ReceiveSettings } from '../receive/receive';
import { redeliver } from '../receive/redeliver';
import { SWEEP_MS, sweep } from '../receive/sweep';

export interface LocalRedelivery {
  /** Stores, and has what only takes long redelivered. */
  readonly objects: ObjectStore;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** In this process, what S3's events and the schedule do of a deployed service. */
export function startRedelivery(ports: RedeliverPorts, settings: ReceiveSettings): LocalRedelivery {
  const underway = new Set<Promise<unknown>>();
  const begin = (work: Promise<unknown>): void => {
    // What failed is in the log, and comes again.
    const ended = work.catch(() => {}).finally(() => underway.delete(ended));
    underway.add(ended);
  };
  begin(sweep(ports, settings, { all: true }));
  const timer = setInterval(() => begin(sweep(ports, settings)), SWEEP_MS);

  return {
    objects: {
      async put(key, bytes, options) {
        const uri = await ports.objects.put(key, bytes, options);
        if (isNext(key)) begin(redeliver(key, ports, settings));
        return uri;
      },
    },
    async stop() {
      clearInterval(timer);
      await Promise.all(underway);
    },
  };
}
