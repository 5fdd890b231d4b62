import { type Lease, type Marks, PENDING_MS } from './marks';
import { compare, compareToMark, type Position } from './position';

interface Entry {
  mark?: Position;
  expiresAt?: number;
  lease?: Lease;
  pending?: { position: Position; until: number };
}

/**
 * Marks in memory, for tests and for a single process.
 *
 * @param now the current time in milliseconds since 1970
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder } from 'labelrelay/worker';
 *
 * const worker = createWorker({ 'label.created': () => {} }, { guard: inOrder(memoryMarks()) });
 * const body = JSON.stringify(buildEvent('label.created'));
 * console.log(await worker(body), await worker(body)); // done duplicate
 * ```
 */
export function memoryMarks(now: () => number = Date.now): Marks {
  const entries = new Map<string, Entry>();

  const entryOf = (key: string): Entry => {
    const entry = entries.get(key);
    if (entry && !(entry.expiresAt !== undefined && entry.expiresAt <= now())) return entry;
    const fresh: Entry = {};
    entries.set(key, fresh);
    return fresh;
  };
  const isOutdone = ({ pending }: Entry, position: Position): boolean =>
    pending !== undefined && pending.until > now() && compare(position, pending.position) < 0;
  const isOwn = ({ lease }: Entry, { owner }: Lease): boolean => lease?.owner === owner;

  return {
    async claim(key, position, lease) {
      const entry = entryOf(key);
      const order = entry.mark ? compareToMark(position, entry.mark) : 1;
      if (order <= 0) return { is: order === 0 ? 'duplicate' : 'stale' };
      if (isOutdone(entry, position)) return { is: 'stale' };
      if (!isOwn(entry, lease) && entry.lease && entry.lease.until > now()) {
        return { is: 'busy', until: entry.lease.until };
      }
      entry.lease = lease;
      entry.pending = { position, until: lease.until + PENDING_MS };
      return { is: 'claimed' };
    },
    async announce(key, position) {
      const entry = entryOf(key);
      if (isOutdone(entry, position)) return;
      entry.pending = { position, until: now() + PENDING_MS };
    },
    async extend(key, lease) {
      const entry = entryOf(key);
      if (!isOwn(entry, lease)) return false;
      entry.lease = lease;
      return true;
    },
    async settle(key, { sequence, id }, lease, expiresAt) {
      const { mark, pending, ...entry } = entryOf(key);
      if (!isOwn(entry, lease)) return mark?.sequence === sequence && mark.id === id;
      entries.set(key, { mark: { sequence, id }, expiresAt, pending });
      return true;
    },
    newest: async (key) => entryOf(key).mark,
    async release(key, lease) {
      const entry = entryOf(key);
      if (isOwn(entry, lease)) entries.set(key, { ...entry, lease: undefined, pending: undefined });
    },
  };
}
