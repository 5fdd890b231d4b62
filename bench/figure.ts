import type { Bench } from './bench';

/** One number of the table, and what it must be. */
export interface Figure {
  readonly name: string;
  /** `x` is a ratio. */
  readonly unit: 'x' | 's';
  readonly better: 'lower' | 'higher';
  /** What it must be. */
  readonly goal: number;
  /** What we would like it to be. */
  readonly moonshot: number;
  /** What `--short` fails beyond: wide, since few rounds on a busy machine say little. */
  readonly bound?: number;
  /** @returns its value in each round */
  readonly measure: (bench: Bench) => Promise<number[]>;
}

/** A figure as it was measured. */
export interface Measured extends Omit<Figure, 'measure'> {
  /** The median, which is what is judged. */
  readonly value: number;
  readonly met: boolean;
  /** Whether it is beyond its bound. */
  readonly regressed: boolean;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}
