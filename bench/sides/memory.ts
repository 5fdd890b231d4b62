import { readFileSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { loadHandler } from './load-handler';
import { readJson } from './read-json';

/** The growth of memory above idle, in bytes. */
export interface Risen {
  /** The growth of the whole process. */
  readonly rss: number;
  /** The growth of the heap and its buffers, sampled between turns of the event loop. */
  readonly heap: number;
}

const WARM_UP = 300;
const [, , bundle = '', small = '', large = ''] = process.argv;

const heap = (): number => {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
};

const isLinux = process.platform === 'linux';

/** The peak since the last reset on Linux, or since the start of the process elsewhere. */
function peakRss(): number {
  if (!isLinux) return process.resourceUsage().maxRSS * 1_024;
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1_024;
}

const forgetPeakRss = (): void => {
  if (isLinux) writeFileSync('/proc/self/clear_refs', '5');
};

async function main(): Promise<void> {
  const deliver = loadHandler(bundle);
  for (let count = 0; count < WARM_UP; count++) await deliver(readJson(small));
  global.gc?.();
  const idle = { rss: process.memoryUsage.rss(), heap: heap() };
  const event: Parameters<typeof deliver>[0] = readJson(large);
  // Garbage from before the delivery must not count.
  global.gc?.();
  forgetPeakRss();

  let peak = 0;
  let isDone = false;
  const sample = async (): Promise<void> => {
    while (!isDone) {
      peak = Math.max(peak, heap());
      await setImmediate();
    }
  };
  const sampling = sample();
  await deliver(event);
  isDone = true;
  await sampling;
  const risen: Risen = { rss: peakRss() - idle.rss, heap: peak - idle.heap };
  process.send?.(risen);
  process.disconnect();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
