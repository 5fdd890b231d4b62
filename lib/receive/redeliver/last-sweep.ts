import { PREFIX } from '../stored/object-keys';
import type { StoredObjects } from '../stored/object-store';

/** In the bucket, while anything waits: the next sweep may be another process. */
const KEY = `${PREFIX.progress}/sweep`;

/**
 * When the last sweep began that left something waiting.
 *
 * @param unknown what to go by when that cannot be read
 * @returns in milliseconds since 1970; 0 when there was none
 */
export async function lastSweep(
  now: number,
  unknown: number,
  objects: StoredObjects,
): Promise<number> {
  const last = await objects
    .get(KEY)
    .then((bytes) => (bytes ? Date.parse(Buffer.from(bytes).toString()) : 0))
    .catch(() => unknown);
  // Nothing is believed that another clock says of the future.
  return last <= now ? last : unknown;
}

/** Never fails: without it the next sweep tries more than it has to. */
export async function noteSweep(now: number, objects: StoredObjects): Promise<void> {
  await objects.put(KEY, Buffer.from(new Date(now).toISOString())).catch(() => {});
}

/** Never fails. Nothing waits any more: whatever comes from now on is new to the next sweep. */
export async function forgetSweep(objects: StoredObjects): Promise<void> {
  await objects.remove(KEY).catch(() => {});
}
