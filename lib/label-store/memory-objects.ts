import type { LabelObjects } from './ports';

/** The objects of the label store in memory. `texts` has them by their keys. */
export function memoryObjects(): LabelObjects & { readonly texts: ReadonlyMap<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    async put(key, text) {
      texts.set(key, text);
    },
    get: async (key) => texts.get(key),
    list: async (prefix) => [...texts.keys()].filter((key) => key.startsWith(prefix)),
    async delete(key) {
      texts.delete(key);
    },
  };
}
