import { PREFIX } from '../stored/object-keys';
import type { StoredObjects } from '../stored/object-store';

/** The object is there while any delivery waits. The next sweep may be another process. */
const KEY = `${PREFIX.progress}/sweep`;

/**
 * Reads when the last sweep began, if a delivery waits since then.
 *
 * @param unknown the result if it cannot be read
 * @returns the time in milliseconds since 1970; 0 if there was no sweep
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
  // A time in the future is of a wrong clock.
  return last <= now ? last : unknown;
}

/** Stores the time of a sweep. Never fails: without it the next sweep tries more than it has to. */
export async function noteSweep(now: number, objects: StoredObjects): Promise<void> {
  await objects.put(KEY, Buffer.from(new Date(now).toISOString())).catch(() => {});
}

/** Removes the time of the last sweep, since no delivery waits. Never fails. */
export async function forgetSweep(objects: StoredObjects): Promise<void> {
  await objects.remove(KEY).catch(() => {});
}
