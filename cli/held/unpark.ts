import { PREFIX } from '../../lib/receive/object-keys';
import type { HeldObjects } from '../../lib/receive/ports';

/**
 * Puts a parked delivery back to those that wait, where it has the rest of its key.
 *
 * @returns its key there; undefined when somebody else has taken it
 */
export async function unpark(key: string, objects: HeldObjects): Promise<string | undefined> {
  const record = await objects.get(key);
  if (!record) return undefined;
  const waiting = PREFIX.held + key.slice(PREFIX.parked.length);
  await objects.put(waiting, record);
  await objects.remove(key);
  return waiting;
}
