import { pause } from '../command/interruption';

/** So many may wait for their answer at once. */
const LANES = 50;

/**
 * Does something with each item in order: one after the other, or at a steady rate whatever the
 * answers take, until Ctrl-C. When one fails no other is begun, and those that were are waited for.
 *
 * @param perSecond how many are begun in a second
 * @throws what the first that failed threw
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
