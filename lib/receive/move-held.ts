import { keep } from './keep';
import { PREFIX } from './object-keys';
import type { HeldObjects, RedeliverPorts } from './ports';

/**
 * Puts a held delivery under another prefix, where it keeps the rest of its key.
 *
 * @throws when it cannot be stored there, or not be removed: then it is in both places
 */
export async function moveHeld(
  key: string,
  record: Uint8Array,
  prefix: string,
  objects: HeldObjects,
): Promise<void> {
  await keep(under(prefix, key), record, objects);
  await objects.remove(key);
}

/** The same, of one that is never read into memory. */
export async function moveLarge(
  key: string,
  prefix: string,
  { large, objects }: Pick<RedeliverPorts, 'large' | 'objects'>,
): Promise<void> {
  await large.copy(key, under(prefix, key));
  await objects.remove(key);
}

/** The same place under another prefix. @param key under `held/` */
export const under = (prefix: string, key: string): string =>
  `${prefix}/${key.slice(PREFIX.held.length + 1)}`;
