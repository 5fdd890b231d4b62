import { random, shuffle } from './random';

export interface Disorder {
  readonly shuffle?: boolean;
  /** The share of duplicated deliveries, from 0 to 1. */
  readonly duplicate?: number;
  readonly seed: number;
}

/**
 * Duplicates some deliveries and shuffles them, as an unreliable network does. Without shuffling, a duplicate
 * directly follows the original.
 */
export function disturb<T>(
  deliveries: readonly T[],
  { shuffle: isShuffled = false, duplicate = 0, seed }: Disorder,
): T[] {
  const next = random(seed);
  const places = shuffle([...deliveries.keys()], next);
  const twice = new Set(places.slice(0, Math.round(duplicate * deliveries.length)));
  const sent = deliveries.flatMap((delivery, at) =>
    twice.has(at) ? [delivery, delivery] : [delivery],
  );
  return isShuffled ? shuffle(sent, next) : sent;
}
