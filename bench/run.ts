import { parseArgs } from 'node:util';
import { startBench } from './bench';
import { figures } from './figures/figures';
import { runFigures } from './run-figures';
import { writeEvents } from './write-events';

/** `npm run bench`, with the options after `--`. */
const { values } = parseArgs({
  options: {
    /** Measures a few rounds, and only fails if a ratio is beyond its bound. */
    short: { type: 'boolean', default: false },
    json: { type: 'string' },
    /** Words in the names of the figures to measure. */
    only: { type: 'string', default: '' },
  },
});

async function main(): Promise<void> {
  const bench = await startBench(values.short);
  try {
    await writeEvents(bench);
    const wanted = figures.filter(({ name }) => name.includes(values.only));
    process.exitCode = await runFigures(wanted, bench, {
      json: values.json,
      print: console.log,
      progress: console.error,
    });
  } finally {
    bench.stop();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
