import { loadHandler } from './load-handler';
import { readJson } from './read-json';

const WARM_UP = 200;
const IN_FLIGHT = 10;
const [, , bundle = '', small = '', large = ''] = process.argv;

/** Reports the time of a large delivery after small ones, in milliseconds. */
async function main(): Promise<void> {
  const deliver = loadHandler(bundle);
  const event: Parameters<typeof deliver>[0] = readJson(large);
  for (let count = 0; count < WARM_UP; count += IN_FLIGHT) {
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => deliver(readJson(small))));
  }
  const began = performance.now();
  await deliver(event, true);
  process.send?.(performance.now() - began);
  process.disconnect();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
