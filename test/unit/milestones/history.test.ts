import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  forget,
  type History,
  type Observation,
  observe,
  stepsOf,
} from '../../../lib/milestones/history';

const at = (second: number): string => new Date(second * 1_000).toISOString();
const from = (list: readonly Observation[]): History => list.reduce<History>(observe, { seen: [] });

test('each step from not done, or unknown, to done is a step', () => {
  expect(stepsOf(from([])).number).toBe(0);
  expect(stepsOf(from([[at(1), 1]])).number).toBe(1);
  // 0 1 1 0 1
  const seen: Observation[] = [
    [at(1), 0],
    [at(2), 1],
    [at(3), 1],
    [at(4), 0],
    [at(5), 1],
  ];
  expect(stepsOf(from(seen))).toEqual({
    number: 2,
    steps: [
      [at(2), 1],
      [at(5), 1],
    ],
  });
});

test('a late event may add a step', () => {
  const done = from([
    [at(1), 1],
    [at(5), 1],
  ]);
  expect(stepsOf(done).number).toBe(1);
  // 1 0 1
  expect(stepsOf(observe(done, [at(3), 0]))).toEqual({
    number: 2,
    steps: [
      [at(1), 1],
      [at(5), 1],
    ],
  });
  expect(observe(done, [at(5), 1])).toBe(done);
});

test('the steps do not depend on the order of arrival, and none is taken back', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(300), { maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
      fc.infiniteStream(fc.nat()),
      (times, done, keys) => {
        const all = times.map((time, index): Observation => [at(time), done[index] ? 1 : 0]);
        const sorted = [...all].sort(([one], [other]) => (one < other ? -1 : 1));
        const expected = sorted.filter(([, is], index) => is && !sorted[index - 1]?.[1]).length;
        let history: History = { seen: [] };
        let before = 0;
        const order = new Map(all.map((each) => [each, Number(keys.next().value)]));
        for (const each of [...all].sort((a, b) => Number(order.get(a)) - Number(order.get(b)))) {
          history = observe(history, each);
          const { number } = stepsOf(history);
          expect(number).toBeGreaterThanOrEqual(before);
          before = number;
        }
        expect(before).toBe(expected);
      },
    ),
  );
});

test('a long history is bounded, and counts on', () => {
  // 1,000 observations, every second one done: 500 steps. Nothing lies between two of its kind.
  let history: History = { seen: [] };
  for (let second = 0; second < 1_000; second++)
    history = forget(observe(history, [at(second), second % 2]));
  expect(stepsOf(history).number).toBe(500);
  expect(history.seen.length).toBeLessThanOrEqual(200);
  expect(observe(history, [at(3), 1])).toBe(history);
  // 1,000 times not done, then done: one step, and another one in the middle, where all else is forgotten.
  let dull: History = { seen: [] };
  for (let second = 0; second < 1_000; second++) dull = forget(observe(dull, [at(second), 0]));
  expect(dull.seen.length).toBeLessThanOrEqual(200);
  expect(stepsOf(observe(observe(dull, [at(1_000), 1]), [at(400.5), 1])).number).toBe(2);
});

test('the number of steps stays the same when observations are forgotten', () => {
  const seconds = fc.uniqueArray(fc.nat(2_000), { minLength: 201, maxLength: 400 });
  fc.assert(
    fc.property(
      seconds,
      fc.infiniteStream(fc.constantFrom('done', 'not', 'elsewhere')),
      (all, of) => {
        const kinds = all.map((second) => [at(second), of.next().value] as const);
        const own = kinds.filter(([, kind]) => kind !== 'elsewhere');
        const history = from(own.map(([time, kind]) => [time, kind === 'done' ? 1 : 0]));
        // Deletions of labels are no observations, and tell that something is not done.
        const more = kinds
          .filter(([, kind]) => kind === 'elsewhere')
          .map(([time]): Observation => [time, 0]);
        const kept = forget(history, more);
        expect(kept.seen.length).toBeLessThanOrEqual(200);
        expect(stepsOf(kept, more).number).toBe(stepsOf(history, more).number);
      },
    ),
  );
});
