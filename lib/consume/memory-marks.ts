import type { Lease, Marks } from './marks';
import { compare, type Position } from './position';

interface Entry {
  mark?: Position;
  expiresAt?: number;
  lease?: Lease;
}

/** For one process, and for tests: what it remembers ends with it. */
export function memoryMarks(now: () => number = Date.now): Marks {
  const entries = new Map<string, Entry>();

  const entryOf = (key: string): Entry => {
    const entry = entries.get(key);
    if (entry && !(entry.expiresAt !== undefined && entry.expiresAt <= now())) return entry;
    const fresh: Entry = {};
    entries.set(key, fresh);
    return fresh;
  };
  const isOwn = ({ lease }: Entry, { owner }: Lease): boolean => lease?.owner === owner;

  return {
    async claim(key, position, lease) {
      const entry = entryOf(key);
      const order = entry.mark ? compare(position, entry.mark) : 1;
      if (order <= 0) return { is: order === 0 ? 'duplicate' : 'stale' };
      if (entry.lease && entry.lease.until > now()) return { is: 'busy', until: entry.lease.until };
      entry.lease = lease;
      return { is: 'claimed' };
    },
    async extend(key, lease) {
      const entry = entryOf(key);
      if (!isOwn(entry, lease)) return false;
      entry.lease = lease;
      return true;
    },
    async settle(key, { sequence, id }, lease, expiresAt) {
      const entry = entryOf(key);
      if (!isOwn(entry, lease)) return false;
      entries.set(key, { mark: { sequence, id }, expiresAt });
      return true;
    },
    has: async (key) => entryOf(key).mark !== undefined,
    async release(key, lease) {
      const entry = entryOf(key);
      if (isOwn(entry, lease)) entry.lease = undefined;
    },
  };
}
