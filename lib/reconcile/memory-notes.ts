import type { Notes } from './ports';

/** Notes in memory, for tests. */
export function memoryNotes(): Notes {
  const notes = new Map<string, string>();
  return {
    async read(name) {
      const text = notes.get(name);
      return text === undefined ? undefined : JSON.parse(text);
    },
    async write(name, note) {
      notes.set(name, JSON.stringify(note));
    },
  };
}
