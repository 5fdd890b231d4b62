import type { ListedObject } from '../../lib/aws/s3/list-objects';
import { LabelrelayError } from '../../lib/errors';
import { heldSince, heldSource, PREFIX } from '../../lib/receive/stored/object-keys';
import { listObjects } from '../aws/list-objects';
import type { Deployment } from '../deployment/deployment';

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
export async function heldDeliveries({ config }: Deployment): Promise<HeldDelivery[]> {
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

/** The end of a key, which is enough to identify it. */
export const nameOf = (key: string): string => /[0-9a-f-]{36}(?:\.next)?$/.exec(key)?.[0] ?? key;

/**
 * @param name a key, or its end
 * @throws LabelrelayError `not-found`, also if the end is ambiguous
 */
export function pick(held: readonly HeldDelivery[], name: string): HeldDelivery {
  const [found, ...more] = held.filter(({ key }) => key === name || key.endsWith(name));
  if (found && more.length === 0) return found;
  const came = found ? `${more.length + 1} with that end` : 'none';
  throw new LabelrelayError(
    'not-found',
    `expected a held delivery ${name}, got ${came}: labelrelay held list`,
  );
}
