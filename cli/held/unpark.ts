import { LabelrelayError } from '../../lib/errors';
import { PREFIX } from '../../lib/receive/object-keys';
import type { HeldObjects } from '../../lib/receive/ports';

/**
 * Puts a parked delivery back to those that wait, where it has the rest of its key.
 *
 * @returns its key there
 */
export async function unpark(key: string, objects: HeldObjects): Promise<string> {
  const record = await objects.get(key);
  if (!record) throw new LabelrelayError('not-found', `expected ${key}, but it is gone`);
  const waiting = PREFIX.held + key.slice(PREFIX.parked.length);
  await objects.put(waiting, record);
  await objects.remove(key);
  return waiting;
}
