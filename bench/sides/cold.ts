import { writeSync } from 'node:fs';
import { loadHandler } from './load-handler';
import { readJson } from './read-json';

/** The report of a process about its start, in milliseconds. */
export interface Started {
  /** The time to load the bundle. */
  readonly load: number;
}

const [, , bundle = '', event = ''] = process.argv;
/** A pipe to the process that started this one. */
const REPORT = 3;

async function main(): Promise<void> {
  const began = performance.now();
  require(bundle);
  const started: Started = { load: performance.now() - began };
  if (event) await loadHandler(bundle)(readJson(event));
  writeSync(REPORT, JSON.stringify(started));
  process.exit();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
