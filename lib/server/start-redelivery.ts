import { isNext } from '../receive/hold';
import type { LargeObjects } from '../receive/large/ports';
import type { ObjectStore, RedeliverPorts } from '../receive/ports';
import type { ReceiveSettings } from '../receive/receive';
import { redeliver } from '../receive/redeliver';
import { SWEEP_MS, sweep } from '../receive/sweep';
import { Budget } from './budget';

export interface LocalRedelivery {
  /** Both store, and have what only takes long redelivered. */
  readonly objects: ObjectStore;
  readonly large: Pick<LargeObjects, 'begin'>;
  /** Begins nothing more. Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** Deliveries under way at once: each may be as large as memory takes. */
const LANES = 4;
/** The same of those that are not read into memory: each takes one CPU. */
const LARGE_LANES = 1;
/** Whose turn has not come by then is left to the sweep. */
const TURN_MS = 600_000;

/** In this process, what S3's events and the schedule do of a deployed service. */
export function startRedelivery(ports: RedeliverPorts, settings: ReceiveSettings): LocalRedelivery {
  const underway = new Set<Promise<unknown>>();
  const lanes = new Budget(LANES);
  // Small ones never wait for large ones.
  const largeLanes = new Budget(LARGE_LANES);
  let isStopped = false;
  const begin = (work: Promise<unknown>): void => {
    // What failed is in the log, and comes again.
    const ended = work.catch(() => {}).finally(() => underway.delete(ended));
    underway.add(ended);
  };
  const redeliverSoon = async (key: string, its: Budget): Promise<void> => {
    const giveBack = await its.take(1, TURN_MS);
    try {
      if (!isStopped) await redeliver(key, ports, settings);
    } finally {
      giveBack();
    }
  };
  begin(sweep(ports, settings, { all: true }));
  const timer = setInterval(() => begin(sweep(ports, settings)), SWEEP_MS);

  return {
    objects: {
      async put(key, bytes, options) {
        const uri = await ports.objects.put(key, bytes, options);
        if (isNext(key)) begin(redeliverSoon(key, lanes));
        return uri;
      },
    },
    large: {
      begin(key, signal) {
        const upload = ports.large.begin(key, signal);
        return {
          ...upload,
          async commit() {
            const uri = await upload.commit();
            if (isNext(key)) begin(redeliverSoon(key, largeLanes));
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
