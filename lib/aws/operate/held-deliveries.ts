import type { AwsSettings } from '../../config/read-config';
import { heldSince, heldSource, PREFIX } from '../../receive/stored/object-keys';
import type { ListedObject } from '../s3/list-objects';
import { listObjects } from './list-objects';

export type State = 'waits' | 'waits, unverified' | 'waits, large' | 'parked' | 'rejected';

/** A delivery that was answered 202 and is not in all its queues yet. */
export interface HeldDelivery extends ListedObject {
  readonly state: State;
  readonly source: string;
  readonly received: Date;
}

/** The state by the prefix of the object's key. Parked comes first, since `held/parked` is also under `held`. */
const STATES: readonly (readonly [prefix: string, state: State])[] = [
  [PREFIX.parked, 'parked'],
  [PREFIX.verified, 'waits'],
  [PREFIX.unverified, 'waits, unverified'],
  [PREFIX.large, 'waits, large'],
  [PREFIX.rejected, 'rejected'],
];

/** Every held delivery: waiting, parked after waiting too long, or rejected. */
export async function heldDeliveries(config: AwsSettings): Promise<HeldDelivery[]> {
  const found: HeldDelivery[] = [];
  for (const [prefix, state] of STATES) {
    for await (const { key, bytes } of listObjects(`${prefix}/`, config)) {
      found.push({
        key,
        bytes,
        state,
        source: heldSource(key),
        received: new Date(heldSince(key)),
      });
    }
  }
  return found;
}
