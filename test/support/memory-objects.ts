import { partsOf } from '../../lib/receive/stored/content';
import type { StoredObjects } from '../../lib/receive/stored/object-store';

/** Stored objects in memory. Uploads that were not committed are in `begun`. */
export function memoryObjects(stored: Map<string, Uint8Array>) {
  const begun = new Map<number, { key: string; begunAt: Date }>();
  let count = 0;
  const objects: StoredObjects = {
    async put(key, content) {
      const parts = partsOf(content).map((part) => Buffer.from(part));
      stored.set(key, Buffer.concat(parts));
      return `s3://bucket/${key}`;
    },
    get: async (key) => stored.get(key),
    async remove(key) {
      stored.delete(key);
    },
    async *list(prefix) {
      yield* [...stored.keys()].filter((key) => key.startsWith(prefix)).sort();
    },
    async folders(folder) {
      const names = [...stored.keys()]
        .filter((key) => key.startsWith(folder) && key.includes('/', folder.length))
        .map((key) => key.slice(0, key.indexOf('/', folder.length) + 1));
      return [...new Set(names)];
    },
    begin(key) {
      const id = count++;
      const chunks: Uint8Array[] = [];
      begun.set(id, { key, begunAt: new Date() });
      return {
        async write(bytes) {
          chunks.push(Uint8Array.from(bytes));
        },
        async commit() {
          stored.set(key, Buffer.concat(chunks));
          begun.delete(id);
          return `s3://bucket/${key}`;
        },
        async abort() {
          begun.delete(id);
        },
      };
    },
    async open(key, { last } = {}) {
      const bytes = stored.get(key);
      if (!bytes) return undefined;
      const part = last === undefined ? bytes : bytes.subarray(-last);
      return { size: part.length, chunks: pieces(part) };
    },
    async copy(from, to) {
      const bytes = stored.get(from);
      if (bytes) stored.set(to, bytes);
      return bytes !== undefined;
    },
    async *unfinished() {
      for (const [id, upload] of begun) yield { ...upload, id: String(id) };
    },
    async discard({ id }) {
      begun.delete(Number(id));
    },
  };
  return { objects, begun };
}

/** The size of a piece in bytes. */
export const PIECE_BYTES = 251;

/** As they come from a network, of no size in particular. */
async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}
