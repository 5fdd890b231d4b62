import { LabelrelayError } from '../../errors';
import type { Overflow } from '../../json/long/group/overflow';
import type { Context } from '../context';
import type { StoredObjects } from '../stored/object-store';

/** The part of the store that blocks of text need. */
export type BlockStore = Pick<StoredObjects, 'put' | 'get' | 'remove'>;

/** Text that is stored until it is removed. */
export interface StoredOverflow extends Overflow {
  /**
   * Removes all blocks, or as many as can be removed. A store that seems to be down is not asked for all of them: each
   * would wait for a timeout.
   *
   * @throws the first error, after the others were removed
   */
  clear(): Promise<void>;
}

/** The number of blocks that are removed at once. After as many errors, the store seems to be down. */
const LANES = 16;

/**
 * Stores text that there is no room for in memory.
 *
 * @param place the beginning of the keys, which are unique to this try
 */
export function storedOverflow(
  place: string,
  { objects, signal }: Pick<Context, 'signal'> & { readonly objects: BlockStore },
): StoredOverflow {
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
    async clear() {
      const errors: unknown[] = [];
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < count && errors.length < LANES) {
          await objects.remove(keyOf(next++)).catch((error) => errors.push(error));
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      if (errors.length > 0) throw errors[0];
    },
  };
}
