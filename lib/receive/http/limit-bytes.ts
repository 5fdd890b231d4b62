const MINUTE_MS = 60_000;
/** What a delivery counts at the least: very many small ones cost as well. */
const LEAST_BYTES = 4_096;

/** @returns says whether as many bytes more may pass within a minute, and counts them if so */
export function limitBytes(
  perMinute: number,
  now: () => number = Date.now,
): (bytes: number) => boolean {
  let passed: { at: number; bytes: number }[] = [];
  return (bytes) => {
    const since = now() - MINUTE_MS;
    passed = passed.filter(({ at }) => at > since);
    const sum = passed.reduce((total, entry) => total + entry.bytes, 0);
    const counted = Math.max(bytes, LEAST_BYTES);
    if (sum + counted > perMinute) return false;
    passed.push({ at: now(), bytes: counted });
    return true;
  };
}
