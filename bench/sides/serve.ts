/** What a side is asked to do: the same delivery again and again. */
export interface Job {
  /** A file with an event of API Gateway in it. */
  readonly event: string;
  readonly count: number;
  readonly inFlight: number;
}

/** What that took. */
export interface Took {
  /** Of all threads, in microseconds. */
  readonly cpu: number;
  /** In milliseconds. */
  readonly elapsed: number;
}

/** Answers jobs of the process that forked this one. @param prepare what is not measured */
export function serve(prepare: (event: string) => () => Promise<unknown> | unknown): void {
  const prepared = new Map<string, () => Promise<unknown> | unknown>();
  process.on('message', async ({ event, count, inFlight }: Job) => {
    const deliver = prepared.get(event) ?? prepare(event);
    prepared.set(event, deliver);
    let left = count;
    const lane = async (): Promise<void> => {
      while (left-- > 0) await deliver();
    };
    const before = process.cpuUsage();
    const began = performance.now();
    await Promise.all(Array.from({ length: inFlight }, lane));
    const elapsed = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    const took: Took = { cpu: user + system, elapsed };
    process.send?.(took);
  });
  process.on('disconnect', () => process.exit());
}
