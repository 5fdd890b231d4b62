import type { Files } from '../../lib/datasets/format';

/** Files in memory, by their path. */
export function memoryFiles(): Files & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    async create(path) {
      texts.set(path, '');
      return {
        async write(text) {
          texts.set(path, (texts.get(path) ?? '') + text);
        },
        async close() {},
      };
    },
  };
}
