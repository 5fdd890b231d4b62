import { keep } from './keep';
import { PREFIX } from './object-keys';
import type { HeldObjects } from './ports';

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
  await keep(`${prefix}/${key.slice(PREFIX.held.length + 1)}`, record, objects);
  await objects.remove(key);
}
