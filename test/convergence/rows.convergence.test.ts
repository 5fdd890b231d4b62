import { expect, test } from '@jest/globals';
import type { AnyEvent } from '../../lib/consume/event';
import type { Guard } from '../../lib/consume/guard';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import { memoryMarks } from '../../lib/consume/memory-marks';
import { memoryValues } from '../../lib/consume/memory-values';
import { playEach } from './play-each';
import { labelsOf, makeRowHistory } from './row-history';

const HISTORIES = process.env.PROPERTY_RUNS ? 1_000_000 : 4_000;

type State = Record<string, unknown>;

/** The final state of a worker that gets the events in order. */
const GUARDS: readonly ((events: readonly AnyEvent[]) => Promise<State>)[] = [
  async (events) => {
    const values = memoryValues<object>();
    const guard = keepNewest(values);
    for (const event of events) await guard(event, async () => labelsOf(event));
    return Object.fromEntries([...values.entries()].map(([key, { value }]) => [key, value]));
  },
  async (events) => {
    const state: State = {};
    const guard: Guard<void> = inOrder(memoryMarks());
    for (const event of events) {
      await guard(event, async () => {
        state[`${event.source}/${event.subject}`] = labelsOf(event);
      });
    }
    return state;
  },
];

test('rows of Labelbox: workers end with the labels of the last change that was delivered', async () => {
  await playEach(HISTORIES, 'histories of rows', async (random, index) => {
    const { events, expected } = makeRowHistory(random);
    const play = GUARDS[index % GUARDS.length] as (typeof GUARDS)[number];
    const state = await play(events);
    // As text: to compare them as values takes longer than all the rest.
    if (sorted(state) !== sorted(expected)) expect(state).toEqual(expected);
  });
}, 1_800_000);

const sorted = (state: State): string =>
  JSON.stringify(Object.entries(state).sort(([one], [other]) => (one < other ? -1 : 1)));
