/** The clock of a platform, by the `Date` headers of its answers. Without any answer it is the clock of this machine. */
export function platformClock() {
  let aheadMs: number | undefined;
  return {
    /** Reads the time of an answer. */
    onAnswer(headers: Headers): void {
      const date = Date.parse(headers.get('date') ?? '');
      if (!Number.isNaN(date)) aheadMs = date - Date.now();
    },
    /** Whether an answer has told the time. */
    isSet: (): boolean => aheadMs !== undefined,
    now: (): Date => new Date(Date.now() + (aheadMs ?? 0)),
  };
}
