import { expect, test } from '@jest/globals';
import { isGone } from '../../lib/consume/event';
import type { Guard } from '../../lib/consume/guard';
import { inOrder } from '../../lib/consume/in-order';
import { keepNewest } from '../../lib/consume/keep-newest';
import { memoryMarks } from '../../lib/consume/memory-marks';
import { memoryValues } from '../../lib/consume/memory-values';
import { Random } from '../fuzz/random';
import { makeStudioHistory } from './studio-history';

const SEED = Number(process.env.CONVERGENCE_SEED ?? Date.now() % 2 ** 31);
const HISTORIES = process.env.PROPERTY_RUNS ? 300_000 : 3_000;

test('reused ids of Label Studio: a subject created after the deletion lives', async () => {
  for (let index = 0; index < HISTORIES; index++) {
    const { events, fates } = makeStudioHistory(new Random(SEED, index), 'studio');
    const effects: Record<string, string> = {};
    const values = memoryValues<string>();
    const [takesEffect, keeps]: [Guard<void>, Guard<string | null>] = [
      inOrder(memoryMarks()),
      keepNewest(values),
    ];
    for (const event of events) {
      const fate = isGone(event) ? 'gone' : event.time;
      await takesEffect(event, async () => {
        effects[`${event.source}/${event.subject}`] = fate;
      });
      await keeps(event, async () => (isGone(event) ? null : fate));
    }
    const kept = [...values.entries()].map(([key, { value }]) => [key, value ?? 'gone']);
    try {
      expect(effects).toEqual(fates);
      expect(Object.fromEntries(kept)).toEqual(fates);
    } catch (error) {
      process.stdout.write(`CONVERGENCE_SEED=${SEED}, history ${index}\n`);
      throw error;
    }
  }
  process.stdout.write(`histories of ids given again = ${HISTORIES}, divergences = 0\n`);
}, 1_800_000);
