import { isLarge } from '../../lib/receive/hold';
import { PREFIX } from '../../lib/receive/object-keys';
import type { RedeliverPorts } from '../../lib/receive/ports';

/**
 * Puts a parked delivery back to those that wait, where it has the rest of its key.
 *
 * @returns its key there; undefined when somebody else has taken it
 */
export async function unpark(
  key: string,
  { objects, large }: Pick<RedeliverPorts, 'objects' | 'large'>,
): Promise<string | undefined> {
  const waiting = PREFIX.held + key.slice(PREFIX.parked.length);
  if (isLarge(waiting)) {
    await large.copy(key, waiting);
    await objects.remove(key);
    return waiting;
  }
  const record = await objects.get(key);
  if (!record) return undefined;
  await objects.put(waiting, record);
  await objects.remove(key);
  return waiting;
}
