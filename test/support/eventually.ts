import { setTimeout } from 'node:timers/promises';

/** Waits until work in the background is done, for two minutes at most. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = await look();
    if (isThere(seen) || tries > 600) return seen;
    await setTimeout(200);
  }
}
