import { bytesOf, sizeOf } from '../../lib/receive/body';
import type { Context } from '../../lib/receive/context';
import type { Arrival } from '../../lib/receive/delivery';
import { relayLarge } from '../../lib/receive/large/relay-large';
import type { RedeliverPorts } from '../../lib/receive/ports';
import type { ReceiveSettings } from '../../lib/receive/receive';
import { relay } from '../../lib/receive/redeliver/relay';
import { readEnd, readRecord } from '../../lib/receive/stored/large-record';
import { isLargeKey, PREFIX } from '../../lib/receive/stored/object-keys';
import { fromRecord } from '../../lib/receive/stored/record';
import type { Deployment } from '../deployment/deployment';
import { redeliverPorts } from './redeliver-ports';

/** A delivery in the bucket, held or archived, of any size. */
export interface Stored {
  readonly arrival: Arrival;
  readonly id: string;
  /** The size of the body. */
  readonly bytes: number;
  /** Absent if the body is too large for memory. */
  readonly body?: Uint8Array;
  /** Sends its events to the queues of the context and the settings. The delivery is not verified. */
  relay(context: Context & RedeliverPorts, settings: ReceiveSettings): Promise<void>;
  /** Stores the delivery under another key too. */
  copy(to: string): Promise<void>;
}

/**
 * @returns undefined if the object does not exist (any more)
 * @throws LabelrelayError `unreadable-record`, `unknown-source`
 */
export const openStored = (key: string, deployment: Deployment): Promise<Stored | undefined> =>
  (isLargeKey(key) ? openLarge : openSmall)(key, deployment);

/** The key under which a delivery waits as if it had been received just now. */
export const waitingKey = (key: string, { source, draw }: Arrival): string =>
  `${isLargeKey(key) ? PREFIX.large : PREFIX.verified}/${new Date().toISOString()}-${source.name}-${draw}`;

async function openSmall(key: string, deployment: Deployment): Promise<Stored | undefined> {
  const { objects } = redeliverPorts(deployment);
  const record = await objects.get(key);
  if (!record) return undefined;
  const delivery = fromRecord(record, deployment.config.sources);
  return {
    arrival: delivery,
    id: delivery.id,
    bytes: sizeOf(delivery.body),
    body: bytesOf(delivery.body),
    relay: (context, settings) => relay(delivery, context, settings),
    async copy(to) {
      await objects.put(to, record);
    },
  };
}

async function openLarge(key: string, deployment: Deployment): Promise<Stored | undefined> {
  const { large } = redeliverPorts(deployment);
  const end = await readEnd(key, large);
  const stored = end && (await large.open(key));
  if (!end || !stored) return undefined;
  const { arrival, size, body } = await readRecord(stored, deployment.config.sources);
  // Leaving the loop closes the stream.
  for await (const _ of body) break;
  return {
    arrival,
    id: end.id,
    bytes: size,
    relay: (context, settings) =>
      relayLarge(key, { ...end, isVerified: true }, context, { ...settings, archive: false }),
    async copy(to) {
      await large.copy(key, to);
    },
  };
}
