import { microseconds } from '../events/timestamp';

/** A time by the platform's clock, and what was done then: 0 is not done, a project has the number of its tasks. */
export type Observation = readonly [time: string, done: number];

/** The observations of one subject, in order of time. */
export interface History {
  readonly seen: readonly Observation[];
  /** The newest observation that was forgotten. Older ones come too late. */
  readonly floor?: Observation;
  /** The number of steps to done up to there. */
  readonly passed?: number;
}

/** The most observations that are remembered. */
const MAX_SEEN = 200;

/** Adds an observation at its place in time. @returns the same history if it tells nothing new */
export function observe(history: History, observation: Observation): History {
  const { seen, floor } = history;
  if (floor && compare(observation, floor) <= 0) return history;
  const place = seen.findIndex((each) => compare(each, observation) >= 0);
  const next = seen[place];
  if (next && compare(next, observation) === 0) return history;
  return { ...history, seen: seen.toSpliced(place < 0 ? seen.length : place, 0, observation) };
}

/**
 * The steps from not done, or unknown, to done.
 *
 * @param more further observations
 * @returns the number of all steps, and the observations of those that are remembered
 */
export function stepsOf(
  { seen, floor, passed = 0 }: History,
  more: readonly Observation[] = [],
): { readonly number: number; readonly steps: readonly Observation[] } {
  const steps = stepsIn(merge({ seen, floor }, more), floor);
  return { number: passed + steps.length, steps };
}

/**
 * Forgets observations that are too many: first those between two of the same kind, since a later step there is counted
 * nevertheless. The number of steps stays the same.
 *
 * @param more further observations, which are kept elsewhere
 */
export function forget(history: History, more: readonly Observation[] = []): History {
  const { seen, floor, passed = 0 } = history;
  const [first, ...rest] = seen;
  if (!first || seen.length <= MAX_SEEN) return history;
  const all = merge(history, more);
  const own = new Set(seen);
  const isLike = (one: Observation | undefined, other: Observation | undefined): boolean =>
    one !== undefined && other !== undefined && isDone(one) === isDone(other);
  const inside = all.find(
    (each, index) => own.has(each) && isLike(all[index - 1], each) && isLike(each, all[index + 1]),
  );
  if (inside) return forget({ ...history, seen: seen.filter((each) => each !== inside) }, more);
  const past = stepsIn(all.slice(0, all.indexOf(first) + 1), floor);
  return forget({ seen: rest, floor: first, passed: passed + past.length }, more);
}

/** All observations that are not too late, in order. */
function merge({ seen, floor }: History, more: readonly Observation[]): readonly Observation[] {
  const late = more.filter((each) => !floor || compare(each, floor) > 0);
  return late.length > 0 ? [...seen, ...late].sort(compare) : seen;
}

const stepsIn = (all: readonly Observation[], floor: Observation | undefined) =>
  all.filter((each, index) => isDone(each) && !isDone(all[index - 1] ?? floor));

export const isDone = (observation: Observation | undefined): boolean =>
  (observation?.[1] ?? 0) > 0;

/** By time. Not done comes before done at the same time. */
function compare(one: Observation, other: Observation): number {
  const isAlike = one[0].length === other[0].length;
  const [first, second] = isAlike
    ? [one[0], other[0]]
    : [microseconds(one[0]), microseconds(other[0])];
  if (first !== second) return first < second ? -1 : 1;
  return Number(isDone(one)) - Number(isDone(other));
}
