const MINUTE_MS = 60_000;
/** The least that a delivery counts: many small ones cost as well. */
const LEAST_BYTES = 4_096;

/** Counts bytes of a source. @returns false, and counts nothing, if they exceed the limit of the source */
export type LimitBytes = (source: string, bytes: number) => boolean;

/** Limits the bytes of each source within any minute. */
export function limitBytes(perMinute: number, now: () => number = Date.now): LimitBytes {
  const passed = new Map<string, { readonly at: number; readonly bytes: number }[]>();
  return (source, bytes) => {
    const since = now() - MINUTE_MS;
    const recent = (passed.get(source) ?? []).filter(({ at }) => at > since);
    passed.set(source, recent);
    const sum = recent.reduce((total, entry) => total + entry.bytes, 0);
    const counted = Math.max(bytes, LEAST_BYTES);
    if (sum + counted > perMinute) return false;
    recent.push({ at: now(), bytes: counted });
    return true;
  };
}
