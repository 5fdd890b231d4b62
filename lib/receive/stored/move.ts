import type { StoredObjects } from './object-store';

/**
 * Moves a stored object. The store copies it: nothing that was read of it matters.
 *
 * @returns false if there is no such object (any more)
 * @throws if it cannot be copied or removed. In the second case there are two of it
 */
export async function move(
  from: string,
  to: string,
  objects: Pick<StoredObjects, 'copy' | 'remove'>,
): Promise<boolean> {
  if (!(await objects.copy(from, to))) return false;
  await objects.remove(from);
  return true;
}
