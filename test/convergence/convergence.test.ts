import { afterAll, describe, expect, test } from '@jest/globals';
import type { AnyEvent } from '../../lib/consume/event';
import type { Guard } from '../../lib/consume/guard';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import type { Marks } from '../../lib/consume/marks';
import { memoryMarks } from '../../lib/consume/memory-marks';
import { memoryValues } from '../../lib/consume/memory-values';
import { Random } from '../fuzz/random';
import { expectedState, makeHistory, stateOf } from './history';
import { rehearse, type Stage } from './rehearse';

const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);
const HISTORIES = process.env.PROPERTY_RUNS ? 100_000 : 1_000;

const totals = { histories: 0, divergences: 0 };
afterAll(() => {
  const { histories, divergences } = totals;
  process.stdout.write(`histories = ${histories}, divergences = ${divergences}\n`);
});

type State = Record<string, string>;

/** Every call of the store is a step: before it, and before its answer is read. */
const inSteps = <S extends object>(store: S, { step }: Stage): S =>
  new Proxy(store, {
    get:
      (target, name) =>
      async (...args: unknown[]) => {
        await step();
        const result = await (Reflect.get(target, name) as (...args: unknown[]) => unknown)(
          ...args,
        );
        await step();
        return result;
      },
  });

/** The result of a rehearsal. */
type Play = (history: readonly AnyEvent[], random: Random, workers: number) => Promise<State>;

async function converge(count: number, play: Play): Promise<void> {
  for (let index = 0; index < count; index++) {
    const random = new Random(SEED, index);
    const history = makeHistory(random, 1 + random.below(10));
    const state = await play(history, random, 1 + random.below(8));
    totals.histories++;
    try {
      expect(state).toEqual(expectedState(history));
    } catch (error) {
      totals.divergences++;
      process.stdout.write(`CONVERGENCE_SEED=${SEED}, history ${index}\n`);
      throw error;
    }
  }
}

/** A handler with an effect of its own, somewhere in the middle. */
const playInOrder =
  (makeMarks: (now: () => number) => Marks): Play =>
  async (history, random, workers) => {
    const state: State = {};
    let time: () => number = () => 0;
    const marks = makeMarks(() => time());
    await rehearse(history, {
      random,
      workers,
      crash: random.pick([0, 0.02, 0.1]),
      stalls: false,
      async handle(event, stage) {
        time = stage.now;
        const guard: Guard<void> = inOrder(inSteps(marks, stage), { waitMs: 0, now: stage.now });
        return guard(event, async () => {
          await stage.step();
          state[`${event.source}/${event.subject}`] = stateOf(event);
          await stage.step();
        });
      },
    });
    return state;
  };

test('effects in order: the state is that of the ordered run, whatever happens on the way', async () => {
  await converge(HISTORIES, playInOrder(memoryMarks));
}, 600_000);

test('values that are kept: also when workers stand still for longer than any lease', async () => {
  await converge(HISTORIES, async (history, random, workers) => {
    const values = memoryValues<string>();
    await rehearse(history, {
      random,
      workers,
      crash: random.pick([0, 0.02, 0.1]),
      stalls: true,
      async handle(event, stage) {
        const guard = keepNewest(inSteps(values, stage), stage.now);
        return guard(event, async () => {
          await stage.step();
          return stateOf(event);
        });
      },
    });
    return Object.fromEntries([...values.entries()].map(([key, { value }]) => [key, value ?? '']));
  });
}, 600_000);

describe('every event once', () => {
  test('each takes effect, and only once unless a worker died', async () => {
    for (let index = 0; index < 1_000; index++) {
      const random = new Random(SEED, index);
      const history = makeHistory(random, 10);
      const effects: Record<string, number> = {};
      let time: () => number = () => 0;
      const marks = memoryMarks(() => time());
      const crash = random.pick([0, 0.1]);
      await rehearse(history, {
        random,
        workers: 4,
        crash,
        stalls: false,
        async handle(event, stage) {
          time = stage.now;
          const options = { effect: 'each', waitMs: 0, now: stage.now } as const;
          return inOrder(inSteps(marks, stage), options)(event, async () => {
            effects[event.id] = (effects[event.id] ?? 0) + 1;
          });
        },
      });
      expect(Object.keys(effects).sort()).toEqual(history.map(({ id }) => id).sort());
      if (crash === 0) expect(new Set(Object.values(effects))).toEqual(new Set([1]));
    }
  });
});
