import type { Config } from '../../config/read-config';
import { identifyEvent } from '../../events/identify';
import type { Topic } from '../../events/topics';
import type { Archived } from '../../inspector/ports';
import { bytesOf } from '../../receive/body';
import { PREFIX } from '../../receive/stored/object-keys';
import type { StoredObjects } from '../../receive/stored/object-store';
import { openDelivery } from '../../receive/stored/stored-delivery';
import { listObjects } from './list-objects';

/** The most keys of a day that are listed. */
const MAX_KEYS = 50_000;
/** A delivery is archived within this time after its receipt, unless it was held. */
const WITHIN_MS = 60_000;
/** The most events of a delivery among which an event is searched. */
const MAX_EVENTS = 200;

/** The ids of a delivery and of its receipt, which end the key of an archived delivery. */
const KEY = /([0-9a-f]{32})-([0-9a-f-]{36})$/;

interface Wanted {
  readonly id: string;
  readonly source: string;
  readonly topic: string;
  readonly recordedtime: string;
}

/**
 * Finds the delivery of an event in the archive. An event does not name its delivery: its id is a digest of the
 * delivery's id, which is in the key.
 *
 * @returns undefined if it is not there, or too large for memory, or if the day has too many deliveries
 */
export async function findArchived(
  event: Wanted,
  config: Config,
  objects: StoredObjects,
): Promise<Archived | undefined> {
  const { source, recordedtime } = event;
  const received = Date.parse(recordedtime);
  const prefix = `${PREFIX.archive}/${source}/${recordedtime.slice(0, 10)}/`;
  let listed = 0;
  for await (const { key, modified } of listObjects(prefix, config)) {
    if (++listed > MAX_KEYS) return undefined;
    if (Math.abs((modified?.getTime() ?? received) - received) > WITHIN_MS) continue;
    if (!isOf(key, event)) continue;
    const stored = await openDelivery(key, { objects }, config.sources);
    if (!stored?.inMemory || stored.arrival.receivedAt.toISOString() !== recordedtime) continue;
    const { inMemory, arrival, id } = stored;
    return { headers: arrival.headers, body: bytesOf(inMemory.body), id };
  }
  return undefined;
}

function isOf(key: string, { id, topic }: Wanted): boolean {
  const [, delivery = '', receipt = ''] = KEY.exec(key) ?? [];
  for (let index = 0; index < MAX_EVENTS; index++) {
    if (identifyEvent(delivery, topic as Topic, index) === id) return true;
    if (identifyEvent(delivery + receipt, topic as Topic, index) === id) return true;
  }
  return false;
}
