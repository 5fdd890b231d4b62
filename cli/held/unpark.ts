import type { RedeliverPorts } from '../../lib/receive/ports';
import { PREFIX } from '../../lib/receive/stored/object-keys';

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
  if (!(await large.copy(key, waiting))) return undefined;
  await objects.remove(key);
  return waiting;
}
