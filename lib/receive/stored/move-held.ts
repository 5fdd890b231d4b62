import type { RedeliverPorts } from '../ports';
import { PREFIX } from './object-keys';

/**
 * Puts a held delivery under another prefix, where it keeps the rest of its key. It is copied within the
 * store: what it is there does not depend on what was read of it.
 *
 * @returns false when there is no such object (any more)
 * @throws when it cannot be stored there, or not be removed: then it is in both places
 */
export async function moveHeld(
  key: string,
  prefix: string,
  { large, objects }: Pick<RedeliverPorts, 'large' | 'objects'>,
): Promise<boolean> {
  if (!(await large.copy(key, under(prefix, key)))) return false;
  await objects.remove(key);
  return true;
}

/** The same place under another prefix. @param key under `held/` */
export const under = (prefix: string, key: string): string =>
  `${prefix}/${key.slice(PREFIX.held.length + 1)}`;
