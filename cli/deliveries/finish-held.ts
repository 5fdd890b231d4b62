import { redeliver } from '../../lib/receive/redeliver/redeliver';
import { PREFIX } from '../../lib/receive/stored/object-keys';
import type { StoredObjects } from '../../lib/receive/stored/object-store';
import { invoke } from '../aws/invoke';
import type { Deployment } from '../deployment/deployment';
import { redeliverPorts } from './redeliver-ports';

/** Tries held deliveries now, in the deployed function, or in this process for `npm start`. */
export async function finishHeld(
  keys: readonly string[],
  deployment: Deployment,
  tried: (count: number) => void,
): Promise<void> {
  const { config, secrets } = deployment;
  let count = 0;
  for (const key of keys) {
    if (secrets) await redeliver(key, redeliverPorts(deployment), config);
    else
      await invoke(`labelrelay-${config.stage}-redeliver`, { detail: { object: { key } } }, config);
    tried(++count);
  }
}

export type Outcome = 'delivered' | 'waits' | 'parked' | 'rejected';

/** The outcome of a held delivery. If its object is in no folder any more, it was delivered. */
export async function outcomeOf(key: string, objects: StoredObjects): Promise<Outcome> {
  /** Lists the key instead of reading the object, which may be large. */
  const isThere = async (other: string) => {
    for await (const found of objects.list(other)) if (found === other) return true;
    return false;
  };
  const rest = key.slice(PREFIX.held.length + 1);
  if (await isThere(key)) return 'waits';
  if (await isThere(`${PREFIX.parked}/${rest}`)) return 'parked';
  return (await isThere(`${PREFIX.rejected}/${rest}`)) ? 'rejected' : 'delivered';
}
