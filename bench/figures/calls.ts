import { type Bench, PRODUCT } from '../bench';
import type { Figure } from '../figure';
import { startSide, withSides } from '../start-side';
import { labelFile } from '../write-events';

const COUNT = 20;

/** @returns the number of all AWS calls of a warm delivery */
async function callsOf(bench: Bench, bytes: number, queues: readonly string[]): Promise<number> {
  const environment = { LABELRELAY_ROUTES: JSON.stringify({ 'label.created': queues }) };
  const product = startSide(bench, 'handler', { args: [PRODUCT], environment });
  const event = labelFile(bench, bytes);
  return withSides([product], async () => {
    await product.run({ event, count: 1, inFlight: 1 });
    await bench.stub.tell({});
    await product.run({ event, count: COUNT, inFlight: 1 });
    const { calls } = await bench.stub.tell({});
    return Object.values(calls).reduce((sum, count) => sum + count, 0) / COUNT;
  });
}

export const calls: readonly Figure[] = [
  {
    name: 'AWS calls of a warm delivery / one for each queue and each object',
    unit: 'x',
    better: 'lower',
    goal: 1,
    moonshot: 1,
    bound: 1,
    measure: async (bench) => [
      (await callsOf(bench, 3_000, ['label-created'])) / 1,
      (await callsOf(bench, 3_000, ['label-created', 'audit'])) / 2,
      (await callsOf(bench, 300_000, ['label-created', 'audit'])) / 3,
    ],
  },
];
