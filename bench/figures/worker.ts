import { alternate } from '../alternate';
import type { Figure } from '../figure';
import { startSide, withSides } from '../start-side';

/** All events once. */
const JOB = { event: '', count: 1, inFlight: 1 };

export const worker: readonly Figure[] = [
  {
    name: 'CPU of the worker kit for an event of 4 KB / JSON.parse',
    unit: 'x',
    better: 'lower',
    goal: 6,
    moonshot: 2.5,
    bound: 9,
    measure(bench) {
      const kit = startSide(bench, 'worker');
      const parse = startSide(bench, 'parse');
      return withSides([kit, parse], () =>
        alternate(
          bench,
          { rounds: 9, warmUp: 3 },
          async () => (await kit.run(JOB)).cpu,
          async () => (await parse.run(JOB)).cpu,
        ),
      );
    },
  },
];
