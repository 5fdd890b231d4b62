import type { Bench } from './bench';

/** One number of the table, and its goal. */
export interface Figure {
  readonly name: string;
  /** `x` is a ratio. */
  readonly unit: 'x' | 's';
  readonly better: 'lower' | 'higher';
  /** The required value. */
  readonly goal: number;
  /** The value that we would like to reach. */
  readonly moonshot: number;
  /** The limit of `--short`. It is wide, since a few rounds on a busy machine are inaccurate. */
  readonly bound?: number;
  /** @returns its value in each round */
  readonly measure: (bench: Bench) => Promise<number[]>;
}

/** A measured figure. */
export interface Measured extends Omit<Figure, 'measure'> {
  /** The median, which is compared with the goal. */
  readonly value: number;
  readonly met: boolean;
  /** Whether the value is beyond its bound. */
  readonly regressed: boolean;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}
