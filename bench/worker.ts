import { createWorker } from '../lib/consume/create-worker';
import { keepNewest } from '../lib/consume/keep-newest';
import { memoryValues } from '../lib/consume/memory-values';
import { buildEvent } from '../lib/testing/build-event';

const ROUNDS = 9;
const EVENTS = 2_000;

/** About 4 KB: a label with boxes. */
const bodies = Array.from({ length: EVENTS }, (_, index) =>
  JSON.stringify(
    buildEvent(
      'label.updated',
      {
        labels: [
          {
            id: String(index),
            annotations: Array.from({ length: 38 }, (_, box) => ({
              id: `annotation-${box}`,
              name: 'vehicle',
              kind: 'bbox' as const,
              bbox: [box, 10, 20.5, 30.25],
              classifications: [],
            })),
          },
        ],
      } as object,
      { subject: `label/${index}`, sequence: '2026-01-01T00:00:00.000000Z-1' },
    ),
  ),
);

/** @returns microseconds of CPU for each event, in each round */
async function measure(handle: (body: string) => unknown): Promise<number[]> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS + 2; round++) {
    const before = process.cpuUsage();
    for (const body of bodies) await handle(body);
    const { user, system } = process.cpuUsage(before);
    // The first ones warm up.
    if (round > 1) rounds.push((user + system) / EVENTS);
  }
  return rounds.sort((one, other) => one - other);
}

const median = (values: readonly number[]): number => values[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
  const parse = await measure((body) => JSON.parse(body));
  const worker = await measure(async (body) => {
    // Every round is new to the store.
    const work = createWorker<{ n: number }>(
      { 'label.updated': () => ({ n: 1 }) },
      { guard: keepNewest(memoryValues<{ n: number }>()) },
    );
    await work(body);
  });
  const size = Math.round(Buffer.byteLength(bodies[0] ?? ''));
  const ratio = median(worker) / median(parse);
  console.log(
    `worker, ${size} bytes: ${median(worker).toFixed(0)} us of CPU (${worker[0]?.toFixed(0)} to ${worker.at(-1)?.toFixed(0)}), must be under 1000`,
  );
  console.log(`JSON.parse alone: ${median(parse).toFixed(0)} us, ratio ${ratio.toFixed(1)}`);
  process.exitCode = median(worker) < 1_000 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
