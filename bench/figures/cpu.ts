import { alternate, type Rounds } from '../alternate';
import { PRODUCT } from '../bench';
import type { Figure } from '../figure';
import { startSide, withSides } from '../start-side';
import { labelFile } from '../write-events';

type Limits = Pick<Figure, 'goal' | 'moonshot' | 'bound'>;

const SMALL: Limits = { goal: 2, moonshot: 1.4, bound: 5 };
const LARGE: Limits = { goal: 1.4, moonshot: 1.1, bound: 3.5 };
/** V8 compiles for the first rounds. Ratios of single rounds differ by half, so their median needs many. */
const ROUNDS: Rounds = { rounds: 41, warmUp: 20 };

/** @param count the deliveries in a round, which take 0.1 to 0.2 seconds */
const warm = (bytes: number, count: number, limits: Limits): Figure => ({
  name: `warm CPU of a delivery of ${bytes / 1_000} KB / its floor`,
  unit: 'x',
  better: 'lower',
  ...limits,
  measure(bench) {
    const job = { event: labelFile(bench, bytes), count, inFlight: 1 };
    const product = startSide(bench, 'handler', { args: [PRODUCT] });
    const floor = startSide(bench, 'floor');
    return withSides([product, floor], () =>
      alternate(
        bench,
        ROUNDS,
        async () => (await product.run(job)).cpu,
        async () => (await floor.run(job)).cpu,
      ),
    );
  },
});

/** The CPU time of a delivery in a warm function, in all threads. */
export const cpu: readonly Figure[] = [
  warm(500, 400, SMALL),
  warm(3_000, 400, SMALL),
  warm(30_000, 150, LARGE),
  warm(300_000, 40, LARGE),
  warm(3_000_000, 8, LARGE),
  {
    name: 'warm CPU of a byte, 3 MB / 300 KB',
    unit: 'x',
    better: 'lower',
    goal: 1.3,
    moonshot: 1.1,
    bound: 2,
    measure(bench) {
      const product = startSide(bench, 'handler', { args: [PRODUCT] });
      const perByte = (bytes: number, count: number) => async (): Promise<number> => {
        const job = { event: labelFile(bench, bytes), count, inFlight: 1 };
        return (await product.run(job)).cpu / (bytes * count);
      };
      return withSides([product], () =>
        alternate(bench, { rounds: 9, warmUp: 4 }, perByte(3_000_000, 4), perByte(300_000, 40)),
      );
    },
  },
];
