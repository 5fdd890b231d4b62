import { move } from '../../lib/receive/stored/move';
import { PREFIX } from '../../lib/receive/stored/object-keys';
import type { StoredObjects } from '../../lib/receive/stored/object-store';

/**
 * Moves a parked delivery back to the waiting ones, and keeps the rest of its key.
 *
 * @returns its new key; undefined if another process has moved it
 */
export async function unpark(key: string, objects: StoredObjects): Promise<string | undefined> {
  const waiting = PREFIX.held + key.slice(PREFIX.parked.length);
  return (await move(key, waiting, objects)) ? waiting : undefined;
}
