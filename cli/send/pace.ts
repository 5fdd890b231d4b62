import { pause } from '../command/interruption';

/** So many may wait for their answer at once. */
const LANES = 50;

/**
 * Does something with each item in order: one after the other, or at a steady rate whatever the
 * answers take, until Ctrl-C.
 *
 * @param perSecond how many are begun in a second
 */
export async function pace<T>(
  items: readonly T[],
  perSecond: number | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const underway = new Set<Promise<void>>();
  for (const [at, item] of items.entries()) {
    const due = perSecond ? began + (at * 1_000) / perSecond : 0;
    if (!(await pause(Math.max(0, due - performance.now())))) break;
    const ended = work(item).finally(() => underway.delete(ended));
    underway.add(ended);
    if (!perSecond) await ended;
    if (underway.size >= LANES) await Promise.race(underway);
  }
  await Promise.all(underway);
}
