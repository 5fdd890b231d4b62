import type { RedeliverPorts } from '../../lib/receive/ports';
import { PREFIX } from '../../lib/receive/stored/object-keys';

/**
 * Moves a parked delivery back to the waiting ones, and keeps the rest of its key.
 *
 * @returns its new key; undefined if another process has moved it
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
