const MINUTE_MS = 60_000;

/** @returns says whether as many bytes more may pass in this minute, and counts them if so */
export function limitBytes(
  perMinute: number,
  now: () => number = Date.now,
): (bytes: number) => boolean {
  let minute = 0;
  let passed = 0;
  return (bytes) => {
    const current = Math.floor(now() / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      passed = 0;
    }
    if (passed + bytes > perMinute) return false;
    passed += bytes;
    return true;
  };
}
