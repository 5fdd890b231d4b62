import type { Figure, Measured } from './figure';

/** @param rounds the value of the figure in each round; at least one */
export function judge({ measure: _, ...figure }: Figure, rounds: readonly number[]): Measured {
  const median = medianOf(rounds);
  const { better, goal, bound } = figure;
  const holds = (limit: number): boolean =>
    better === 'lower' ? median <= limit : median >= limit;
  return {
    ...figure,
    value: median,
    met: holds(goal),
    regressed: bound !== undefined && !holds(bound),
    min: Math.min(...rounds),
    median,
    max: Math.max(...rounds),
  };
}

/** @returns NaN for an empty list, which meets no limit */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[Math.floor(middle)],
    sorted[Math.ceil(middle)],
  ];
  return (low + high) / 2;
}

/** The exit code of the process. @param isShort whether only regressions count */
export const exitCode = (figures: readonly Measured[], isShort: boolean): number =>
  figures.some(({ met, regressed }) => (isShort ? regressed : !met)) ? 1 : 0;
