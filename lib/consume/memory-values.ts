import type { Values } from './keep-newest';
import { compareToMark, type Position } from './position';

interface Entry<V> extends Position {
  readonly value: V | null;
}

/** For one process, and for tests: what it keeps ends with it. */
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
