import type { ItemKey, Items, Revised } from './items';

/** Items in memory, for tests and for a single process. */
export function memoryMilestones(): Items {
  const stored = new Map<string, Revised<string>>();
  const nameOf = ({ key, item }: ItemKey): string => `${key}\n${item}`;
  return {
    async read(keys) {
      return keys.map((key) => {
        const found = stored.get(nameOf(key));
        return found && { value: JSON.parse(found.value), revision: found.revision };
      });
    },
    async put(key, value, revision) {
      const name = nameOf(key);
      if ((stored.get(name)?.revision ?? 0) !== revision) return false;
      stored.set(name, { value: JSON.stringify(value), revision: revision + 1 });
      return true;
    },
    async *under(key) {
      const names = [...stored.keys()].filter((name) => name.startsWith(`${key}\n`));
      for (const name of names.sort()) yield JSON.parse(stored.get(name)?.value ?? 'null');
    },
  };
}
