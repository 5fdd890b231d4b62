import { afterAll, expect, test } from '@jest/globals';
import type { AnyEvent } from '../../lib/consume/event';
import { type InOrderOptions, inOrder } from '../../lib/consume/in-order';
import { memoryMarks } from '../../lib/consume/memory-marks';
import { buildEvent } from '../../lib/testing/build-event';
import { Random } from '../fuzz/random';
import { rehearse, type Stage, type Tally } from './rehearse';

const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);
const BACKLOGS = process.env.PROPERTY_RUNS ? 1_000_000 : 2_000;
const SHARE = process.env.PROPERTY_RUNS ? 1_000 : 20;

const totals = { backlogs: 0, events: 0, deadLetters: 0 };
afterAll(() => {
  const { backlogs, events, deadLetters } = totals;
  process.stdout.write(
    `backlogs = ${backlogs}, events = ${events}, dead letters after crashes = ${deadLetters}\n`,
  );
});

/** Versions of one label, all in the queue: each is newer than the one before. */
const makeBacklog = (size: number): AnyEvent[] =>
  Array.from({ length: size }, (_, index) =>
    buildEvent('label.updated', undefined, {
      id: String(index).padStart(3, '0'),
      subject: 'label/1',
      // A second may have several versions.
      sequence: `2026-01-01T00:00:${String(Math.floor(index / 2)).padStart(2, '0')}.000000Z-1`,
    }),
  ) as AnyEvent[];

interface Backlog {
  readonly size: number;
  readonly workers: number;
  readonly crash: number;
  /** The duration of every handler, in milliseconds. */
  readonly takes: number;
  readonly effect?: InOrderOptions['effect'];
}

interface Played extends Tally {
  /** The ids of what took effect, in that order. */
  readonly effects: readonly string[];
  /** Older ones that were handed out when a newer one was known to be pending, and were not stale. */
  readonly late: readonly string[];
}

async function play(
  { size, workers, crash, takes, effect = 'newest' }: Backlog,
  random: Random,
): Promise<Played> {
  let stage: Stage | undefined;
  const marks = memoryMarks(() => stage?.now() ?? 0);
  const effects: string[] = [];
  const late: string[] = [];
  let known = '';
  // Nobody extends a lease here.
  const leaseMs = takes + 60_000;
  const tally = await rehearse(makeBacklog(size), {
    random,
    workers,
    crash,
    stalls: false,
    visibilityMs: leaseMs,
    async handle(event, current) {
      stage = current;
      const isOutdone = event.id < known;
      const meet = (): void => {
        if (event.id > known) known = event.id;
      };
      await current.step();
      const guard = inOrder(marks, { effect, leaseMs, waitMs: 0, now: current.now });
      const work = guard(event, async () => {
        meet();
        await current.pass(takes);
        effects.push(event.id);
        await current.step();
      }).finally(meet);
      const verdict = await work.catch(() => 'failed');
      if (isOutdone && !['stale', 'duplicate'].includes(verdict)) late.push(event.id);
      return work;
    },
  });
  return { ...tally, effects, late };
}

const newest = (size: number): string => String(size - 1).padStart(3, '0');

test('100 pending and handlers of 20 s: no dead letter, and the newest is last', async () => {
  for (let index = 0; index < SHARE; index++) {
    const size = 100;
    const backlog = { size, workers: 20, crash: 0, takes: 20_000 };
    const { deadLetters, effects, late } = await play(backlog, new Random(SEED, index));
    expect({ deadLetters, last: effects.at(-1), late }).toEqual({
      deadLetters: 0,
      last: newest(size),
      late: [],
    });
  }
}, 600_000);

test('every event once: 100 pending and handlers of 20 s, some of them twice', async () => {
  for (let index = 0; index < SHARE; index++) {
    const backlog = { size: 100, workers: 3, crash: 0, takes: 20_000, effect: 'each' } as const;
    const { deadLetters, effects, took } = await play(backlog, new Random(SEED, index));
    expect(deadLetters).toBe(0);
    expect([...effects].sort()).toEqual(makeBacklog(100).map(({ id }) => id));
    // A hundred handlers, three at a time.
    expect(took).toBeGreaterThanOrEqual((100 / 3) * 20_000);
  }
}, 600_000);

test('any backlog: newer events are not blocked, and waiting is no failure', async () => {
  for (let index = 0; index < BACKLOGS; index++) {
    const random = new Random(SEED, index);
    // Mostly small ones.
    const size = 1 + Math.floor(100 * random.next() ** 20);
    const backlog = {
      size,
      workers: 1 + random.below(20),
      crash: random.pick([0, 0, 0.02, 0.1]),
      takes: 1 + random.below(random.pick([1_000, 20_000, 1_200_000])),
    };
    const { deadLetters, effects, late } = await play(backlog, random);
    totals.backlogs++;
    totals.events += size;
    totals.deadLetters += deadLetters;
    const came = { last: effects.at(-1), ...(backlog.crash === 0 && { deadLetters, late }) };
    const wanted = { last: newest(size), ...(backlog.crash === 0 && { deadLetters: 0, late: [] }) };
    if (JSON.stringify(came) === JSON.stringify(wanted)) continue;
    process.stdout.write(`CONVERGENCE_SEED=${SEED}, backlog ${index}\n`);
    expect(came).toEqual(wanted);
  }
}, 3_600_000);
