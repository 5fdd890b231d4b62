import { disturb } from './disturb';

/**
 * A stream as queues deliver it: in any order, and a share of the events twice. The same seed gives the same stream.
 *
 * @param events in any order
 * @param options the seed, a whole number; the share of events that come twice, from 0 to 1 (by default 0.2)
 *
 * @example
 * ```ts
 * import { buildEvents, shuffled } from 'labelrelay/testing';
 *
 * const stream = shuffled(buildEvents(10), { seed: 7, duplicate: 0.5 });
 * console.log(stream.length, new Set(stream.map(({ id }) => id)).size); // 15 10
 * ```
 */
export const shuffled = <E>(
  events: readonly E[],
  { seed, duplicate = 0.2 }: { readonly seed: number; readonly duplicate?: number },
): E[] => disturb(events, { shuffle: true, duplicate, seed });
