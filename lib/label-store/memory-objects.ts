import type { LabelObjects } from './ports';

/** The objects of the label store in memory. `bodies` has them by their keys. */
export function memoryObjects(): LabelObjects & {
  readonly bodies: ReadonlyMap<string, Uint8Array>;
} {
  const bodies = new Map<string, Uint8Array>();
  return {
    bodies,
    async put(key, body) {
      bodies.set(key, body);
    },
    get: async (key) => bodies.get(key),
    list: async (prefix) => [...bodies.keys()].filter((key) => key.startsWith(prefix)),
    async delete(key) {
      bodies.delete(key);
    },
  };
}
