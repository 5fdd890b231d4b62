import type { Values } from './keep-newest';
import { compareToMark, type Position } from './position';

interface Entry<V> extends Position {
  readonly value: V | null;
}

/**
 * Values in memory, for tests and for a single process. `entries()` has all that are stored.
 *
 * @example
 * ```ts
 * import { memoryValues } from 'labelrelay/testing';
 *
 * const values = memoryValues<string>();
 * await values.keep('/labelbox/label/1', { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' }, 'cat');
 * console.log([...values.entries()].map(([, { value }]) => value).join()); // cat
 * ```
 */
export function memoryValues<V>(): Values<V> & { entries(): Iterable<[string, Entry<V>]> } {
  const kept = new Map<string, Entry<V>>();
  return {
    async keep(key, position, value) {
      const entry = kept.get(key);
      if (entry && compareToMark(position, entry) <= 0) return false;
      const { sequence, id } = position;
      kept.set(key, { sequence, id, value });
      return true;
    },
    entries: () => kept.entries(),
  };
}
