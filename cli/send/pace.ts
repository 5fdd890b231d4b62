import { pause } from '../command/interruption';

/** The most items that may be in progress at once. */
const LANES = 50;

/**
 * Processes items in order until Ctrl-C: one after the other, or at a steady rate that does not depend on the time
 * of the answers. If one fails, no other is started, and running ones are awaited.
 *
 * @param perSecond how many are started a second
 * @throws the error of the first item that failed
 */
export async function pace<T>(
  items: readonly T[],
  perSecond: number | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const underway = new Set<Promise<unknown>>();
  const failures: unknown[] = [];
  for (const [at, item] of items.entries()) {
    const due = perSecond ? began + (at * 1_000) / perSecond : 0;
    if (!(await pause(Math.max(0, due - performance.now())))) break;
    if (failures.length > 0) break;
    const ended = work(item)
      .catch((error: unknown) => failures.push(error))
      .finally(() => underway.delete(ended));
    underway.add(ended);
    if (!perSecond) await ended;
    if (underway.size >= LANES) await Promise.race(underway);
  }
  await Promise.all(underway);
  if (failures.length > 0) throw failures[0];
}
