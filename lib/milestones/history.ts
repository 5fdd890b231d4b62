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
  return forget({
    ...history,
    seen: seen.toSpliced(place < 0 ? seen.length : place, 0, observation),
  });
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
  const late = more.filter((each) => !floor || compare(each, floor) > 0);
  const all = late.length > 0 ? [...seen, ...late].sort(compare) : seen;
  const steps = all.filter((each, index) => isDone(each) && !isDone(all[index - 1] ?? floor));
  return { number: passed + steps.length, steps };
}

/** Forgets first what lies between two of its kind: a later step there is counted nevertheless. */
function forget(history: History): History {
  const { seen, floor, passed = 0 } = history;
  if (seen.length <= MAX_SEEN) return history;
  const inside = seen.findIndex(
    (each, index) =>
      index > 0 &&
      index < seen.length - 1 &&
      isDone(seen[index - 1]) === isDone(each) &&
      isDone(seen[index + 1]) === isDone(each),
  );
  if (inside > 0) return { ...history, seen: seen.toSpliced(inside, 1) };
  const [first, ...rest] = seen;
  return { seen: rest, floor: first, passed: passed + (isDone(first) && !isDone(floor) ? 1 : 0) };
}

export const isDone = (observation: Observation | undefined): boolean =>
  (observation?.[1] ?? 0) > 0;

/** By time. Not done comes before done at the same time. */
const compare = (one: Observation, other: Observation): number => {
  const [first, second] = [microseconds(one[0]), microseconds(other[0])];
  if (first !== second) return first < second ? -1 : 1;
  return Number(isDone(one)) - Number(isDone(other));
};
