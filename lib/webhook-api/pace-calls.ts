import { setTimeout } from 'node:timers/promises';

/** Lets calls begin at most so many times in a second. @returns what each call awaits first */
export function paceCalls(perSecond: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = Math.max(next, performance.now());
    next = at + 1_000 / perSecond;
    const wait = at - performance.now();
    if (wait > 0) await setTimeout(wait);
  };
}
