import type { Values } from './keep-newest';
import { compare, type Position } from './position';

interface Entry<V> extends Position {
  readonly value: V | null;
}

/** For one process, and for tests: what it keeps ends with it. */
export function memoryValues<V>(): Values<V> & { entries(): Iterable<[string, Entry<V>]> } {
  const kept = new Map<string, Entry<V>>();
  return {
    async keep(key, { sequence, id }, value) {
      const entry = kept.get(key);
      if (entry && compare({ sequence, id }, entry) <= 0) return false;
      kept.set(key, { sequence, id, value });
      return true;
    },
    entries: () => kept.entries(),
  };
}
