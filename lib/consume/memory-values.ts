import { compareToMark } from './position';
import type { Kept, ReadableValues } from './values';

/**
 * Values in memory, for tests and for a single process. `entries()` has all that are stored, also of subjects that are
 * gone.
 *
 * @example
 * ```ts
 * import { memoryValues } from 'labelrelay/testing';
 *
 * const values = memoryValues<string>();
 * await values.putIfNewer('/labelbox/label/1', { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' }, 'cat');
 * console.log([...values.entries()].map(([, { value }]) => value).join()); // cat
 * ```
 */
export function memoryValues<V>(): ReadableValues<V> & {
  /** All that are stored, also of subjects that are gone. */
  entries(): Iterable<[key: string, kept: Kept<V>]>;
} {
  const items = new Map<string, Kept<V>>();
  return {
    async putIfNewer(key, position, value, _expiresAt, over) {
      const kept = items.get(key);
      if (kept && compareToMark(position, kept) <= 0) return false;
      if (over !== undefined && (kept?.sequence !== over?.sequence || kept?.id !== over?.id)) {
        return false;
      }
      const { sequence, id } = position;
      items.set(key, { sequence, id, value });
      return true;
    },
    newest: async (key) => items.get(key),
    async *all() {
      for (const [key, { value }] of items) if (value !== null) yield [key, value];
    },
    entries: () => items.entries(),
  };
}
