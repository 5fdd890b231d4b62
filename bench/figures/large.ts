import { type Bench, PRODUCT } from '../bench';
import type { Figure } from '../figure';
import type { Risen } from '../sides/memory';
import { runSide } from '../start-side';
import { importFile, LARGEST, labelFile, TASKS } from '../write-events';

/** The duration of each AWS call while tasks are imported, in milliseconds. */
const DELAY = 20;

async function repeat(
  { isShort }: Bench,
  rounds: number,
  measure: () => Promise<number>,
): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < (isShort ? 2 : rounds); round++) values.push(await measure());
  return values;
}

const memory = (kind: keyof Risen, what: string, goal: number, bound: number): Figure => ({
  name: `peak of ${what} above idle, for 4.5 MB / the body`,
  unit: 'x',
  better: 'lower',
  goal,
  moonshot: 4,
  bound,
  measure: (bench) =>
    repeat(bench, 7, async () => {
      const args = [PRODUCT, labelFile(bench, 3_000), labelFile(bench, LARGEST)];
      const risen = await runSide<Risen>(bench, 'memory', { args, execArgv: ['--expose-gc'] });
      return risen[kind] / LARGEST;
    }),
});

/** The time and memory of large deliveries. */
export const large: readonly Figure[] = [
  memory('rss', 'memory', 6, 12),
  memory('heap', 'the heap', 4.5, 9),
  {
    name: `answer to an import of ${TASKS} tasks`,
    unit: 's',
    better: 'lower',
    goal: 0.5,
    moonshot: 0.15,
    async measure(bench) {
      await bench.stub.tell({ delay: DELAY });
      const args = [PRODUCT, labelFile(bench, 3_000), importFile(bench)];
      const values = await repeat(
        bench,
        7,
        async () => (await runSide<number>(bench, 'import', { args })) / 1_000,
      );
      await bench.stub.tell({ delay: 0 });
      return values;
    },
  },
];
