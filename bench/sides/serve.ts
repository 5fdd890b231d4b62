/** A job for a side: the same delivery repeatedly. */
export interface Job {
  /** The path of a file with an event of API Gateway. */
  readonly event: string;
  readonly count: number;
  readonly inFlight: number;
}

/** The cost of a job. */
export interface Took {
  /** The CPU time of all threads, in microseconds. */
  readonly cpu: number;
  /** In milliseconds. */
  readonly elapsed: number;
}

/** Runs jobs for the parent process. @param prepare runs before the measurement */
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
