import { alternate, type Rounds } from '../alternate';
import { type Bench, PRODUCT } from '../bench';
import type { Figure } from '../figure';
import { type Side, startSide, withSides } from '../start-side';
import { labelFile, newerFile } from '../write-events';

const ROUNDS: Rounds = { rounds: 11, warmUp: 5 };
const JOB = { count: 600, inFlight: 16 };

/** @returns the deliveries in a millisecond */
const rate = (side: Side, event: string) => async (): Promise<number> => {
  const { elapsed } = await side.run({ ...JOB, event });
  return JOB.count / elapsed;
};

const product = (bench: Bench): Side => startSide(bench, 'handler', { args: [PRODUCT] });

/** The ratio of the product's rate to that of another side. */
const compare = (bench: Bench, theirs: Side, event: string): ReturnType<Figure['measure']> => {
  const ours = product(bench);
  return withSides([ours, theirs], () =>
    alternate(bench, ROUNDS, rate(ours, event), rate(theirs, event)),
  );
};

/** The throughput of deliveries of 3 KB, 16 at a time. */
export const throughput: readonly Figure[] = [
  {
    name: 'throughput / the same handler on an AWS client as it comes',
    unit: 'x',
    better: 'higher',
    goal: 1.5,
    moonshot: 2.5,
    bound: 1,
    measure: (bench) =>
      compare(
        bench,
        startSide(bench, 'handler', { args: [bench.path('default-client.js')] }),
        labelFile(bench, 3_000),
      ),
  },
  {
    name: 'throughput / a verifier from npm and an AWS client as it comes',
    unit: 'x',
    better: 'higher',
    goal: 1.5,
    moonshot: 2,
    bound: 0.7,
    measure: (bench) => compare(bench, startSide(bench, 'today'), newerFile(bench)),
  },
  {
    name: 'throughput of the stub / of the fastest that is measured on it',
    unit: 'x',
    better: 'higher',
    goal: 2,
    moonshot: 5,
    bound: 1.3,
    measure(bench) {
      const ours = product(bench);
      const theirs = startSide(bench, 'today');
      const flood = startSide(bench, 'flood');
      const fastest = async (): Promise<number> =>
        Math.max(
          await rate(ours, labelFile(bench, 3_000))(),
          await rate(theirs, newerFile(bench))(),
        );
      return withSides([ours, theirs, flood], () =>
        alternate(bench, ROUNDS, rate(flood, labelFile(bench, 3_000)), fastest),
      );
    },
  },
];
