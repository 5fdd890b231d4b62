import type { Bench } from './bench';

const SHORT_ROUNDS = 3;
const SHORT_WARM_UP = 2;

export interface Rounds {
  readonly rounds: number;
  /** The number of warm-up rounds, which do not count. */
  readonly warmUp: number;
}

/**
 * Measures two sides in turn, so that other load on the machine affects both.
 *
 * @param one @param other functions that measure a side, in the same unit
 * @returns the ratio of one to the other in each round
 */
export async function alternate(
  bench: Pick<Bench, 'isShort'>,
  { rounds, warmUp }: Rounds,
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<number[]> {
  const ratios: number[] = [];
  const [before, counted] = bench.isShort
    ? [Math.min(warmUp, SHORT_WARM_UP), Math.min(rounds, SHORT_ROUNDS)]
    : [warmUp, rounds];
  for (let round = -before; round < counted; round++) {
    const ratio = await inTurn(round % 2 === 0, one, other);
    if (round >= 0) ratios.push(ratio);
  }
  return ratios;
}

async function inTurn(
  isFirst: boolean,
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<number> {
  if (isFirst) {
    const taken = await one();
    return taken / (await other());
  }
  const base = await other();
  return (await one()) / base;
}
