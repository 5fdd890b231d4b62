import { LabelrelayError } from '../../errors';
import type { Overflow } from '../../json/long/group/overflow';
import type { Context } from '../context';
import type { StoredObjects } from '../stored/object-store';

/** The part of the store that blocks of text need. */
export type BlockStore = Pick<StoredObjects, 'put' | 'get' | 'remove'>;

/**
 * Stores text that there is no room for in memory.
 *
 * @param place the beginning of the keys, which are unique to this try
 */
export function storedOverflow(
  place: string,
  { objects, signal }: Pick<Context, 'signal'> & { readonly objects: BlockStore },
): Overflow & { clear(): Promise<void> } {
  let count = 0;
  const keyOf = (block: number): string => `${place}/${block}`;
  return {
    async put(texts) {
      const block = count++;
      await objects.put(keyOf(block), texts, { signal });
      return block;
    },
    async get(block) {
      signal.throwIfAborted();
      const bytes = await objects.get(keyOf(block));
      if (!bytes) throw new LabelrelayError('unavailable', 'expected stored text, got none');
      return Buffer.from(bytes).toString();
    },
    /** Removes all blocks. If that fails, they expire. */
    async clear() {
      try {
        for (let block = 0; block < count; block++) await objects.remove(keyOf(block));
      } catch {}
    },
  };
}
