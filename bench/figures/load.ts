import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { alternate } from '../alternate';
import { type Bench, PRODUCT } from '../bench';
import type { Figure } from '../figure';
import { startCold } from '../start-cold';
import { labelFile } from '../write-events';

/** The duration of each AWS call, in milliseconds. */
const DELAY = 5;
/** The AWS calls that every first delivery needs: one for the secret, and one for the queue. */
const ROUND_TRIPS = 2;

const clients = ({ path }: Bench): string => path('clients.js');

/** The size of all code in the package. Rarely loaded files are fetched with the rest. */
function packagedBytes(): number {
  const folder = dirname(PRODUCT);
  return readdirSync(folder)
    .filter((file) => /\.[cm]?js$/.test(file))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

/** The start of the packaged function, relative to a bundle of its AWS clients alone. */
export const load: readonly Figure[] = [
  {
    name: 'bytes of the receive bundle / of its AWS clients',
    unit: 'x',
    better: 'lower',
    goal: 0.5,
    moonshot: 0.3,
    bound: 0.5,
    measure: async (bench) => [packagedBytes() / statSync(clients(bench)).size],
  },
  {
    name: 'load time of the receive bundle / of its AWS clients',
    unit: 'x',
    better: 'lower',
    goal: 0.6,
    moonshot: 0.3,
    bound: 1.2,
    measure: (bench) =>
      alternate(
        bench,
        { rounds: 15, warmUp: 1 },
        async () => (await startCold(bench, PRODUCT)).load,
        async () => (await startCold(bench, clients(bench))).load,
      ),
  },
  {
    name: 'first delivery / loading the AWS clients and two calls',
    unit: 'x',
    better: 'lower',
    goal: 1.1,
    moonshot: 0.8,
    bound: 1.9,
    async measure(bench) {
      await bench.stub.tell({ delay: DELAY });
      const event = labelFile(bench, 3_000);
      const ratios = await alternate(
        bench,
        { rounds: 15, warmUp: 1 },
        async () => (await startCold(bench, PRODUCT, event)).total,
        async () => (await startCold(bench, clients(bench))).total + ROUND_TRIPS * DELAY,
      );
      await bench.stub.tell({ delay: 0 });
      return ratios;
    },
  },
];
