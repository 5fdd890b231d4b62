import { expect, test } from '@jest/globals';
import { createWorker } from '../../../lib/consume/create-worker';
import type { AnyEvent } from '../../../lib/consume/event';
import { type ChangeContext, keepNewest } from '../../../lib/consume/keep-newest';
import { memoryValues } from '../../../lib/consume/memory-values';
import { Wait } from '../../../lib/consume/wait';
import { TOMBSTONE_MS } from '../../../lib/events/tombstone';
import type { Annotation } from '../../../lib/events/types';
import { buildEvent } from '../../../lib/testing/build-event';
import { Random } from '../../fuzz/random';

/** An event of a label with so many annotations; without any the label is gone. */
function labelEvent(label: number, second: number, boxes?: number): AnyEvent {
  const isGone = boxes === undefined;
  const topic = isGone ? 'label.deleted' : second === 0 ? 'label.created' : 'label.updated';
  const rank = isGone ? 2 : second === 0 ? 0 : 1;
  const annotations = Array.from(
    { length: boxes ?? 0 },
    (): Annotation => ({
      kind: 'point',
      point: [0, 0],
      classifications: [],
    }),
  );
  const sequence = `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z-${rank}`;
  return buildEvent(
    topic,
    { labels: [{ id: String(label), annotations }] },
    { subject: `label/${label}`, sequence, id: `${label}-${second}` },
  ) as AnyEvent;
}

function counter(values = memoryValues<number>()) {
  const told: [string, number | undefined][] = [];
  let sum = 0;
  const count = (event: AnyEvent, { change, before }: ChangeContext<number>): number | null => {
    told.push([change, before]);
    const labels = 'labels' in event.data ? event.data.labels : [];
    const boxes = change === 'gone' ? 0 : (labels?.[0]?.annotations?.length ?? 0);
    sum += boxes - (before ?? 0);
    return change === 'gone' ? null : boxes;
  };
  const worker = createWorker(
    { 'label.created': count, 'label.updated': count, 'label.deleted': count },
    { guard: keepNewest(values) },
  );
  return { values, told, sum: () => sum, work: (event: AnyEvent) => worker(JSON.stringify(event)) };
}

test('a handler is told whether a subject is new, changed or gone, and its last state', async () => {
  const { work, told, sum, values } = counter();
  expect(await work(labelEvent(1, 0, 0))).toBe('done');
  expect(await work(labelEvent(1, 2, 3))).toBe('done');
  expect(await work(labelEvent(1, 2, 3))).toBe('duplicate');
  expect(await work(labelEvent(1, 1, 9))).toBe('stale');
  expect(await work(labelEvent(1, 5))).toBe('done');
  expect(await work(labelEvent(1, 3, 7))).toBe('stale');
  expect(await work(labelEvent(2, 5))).toBe('done');
  expect(told).toEqual([
    ['new', undefined],
    ['changed', 0],
    ['gone', 3],
    ['gone', undefined],
  ]);
  expect(sum()).toBe(0);
  for await (const entry of values.all()) expect(entry).toBe('none');
});

test('a subject that comes back is new', async () => {
  const { work, told } = counter();
  await work(labelEvent(1, 5));
  expect(await work(labelEvent(1, 6, 2))).toBe('done');
  expect(told.at(-1)).toEqual(['new', undefined]);
});

test('an event without subject is new, and nothing is kept of it', async () => {
  const { work, told, values } = counter();
  expect(await work({ ...labelEvent(1, 1, 4), subject: undefined })).toBe('done');
  expect([told, [...values.entries()]]).toEqual([[['new', undefined]], []]);
});

/** The history of some labels, and the sum of their annotations in the end. */
function makeHistory(random: Random): { history: AnyEvent[]; sum: number } {
  const last = new Map<number, number>();
  const history: AnyEvent[] = [];
  for (let label = 0; label < 4; label++) {
    const seconds = 1 + random.below(5);
    const isDeleted = random.chance(0.4);
    for (let second = 0; second < seconds; second++) {
      const boxes = isDeleted && second === seconds - 1 ? undefined : random.below(9);
      history.push(labelEvent(label, second, boxes));
      last.set(label, boxes ?? 0);
    }
  }
  return { history, sum: [...last.values()].reduce((total, boxes) => total + boxes, 0) };
}

test('sums are right whatever comes late, twice, in any order and at the same time', async () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(23, seed);
    const { history, sum } = makeHistory(random);
    const { values, work, sum: counted } = counter();
    const twice = history.filter(() => random.chance(0.3));
    await Promise.all(random.shuffle([...history, ...twice]).map(work));
    let stored = 0;
    for await (const [, boxes] of values.all()) stored += boxes;
    expect({ seed, counted: counted(), stored }).toEqual({ seed, counted: sum, stored: sum });
  }
});

test('a value that another process stored in between is seen', async () => {
  const values = memoryValues<number>();
  const intruders = [1, 2];
  const { work, told } = counter({
    ...values,
    async newest(key) {
      const kept = await values.newest(key);
      const second = intruders.shift();
      if (second !== undefined) {
        const sequence = `2026-01-01T00:00:0${second}.000000Z-1`;
        await values.putIfNewer(key, { sequence, id: 'other' }, second * 10);
      }
      return kept;
    },
  });
  expect(await work(labelEvent(1, 5, 4))).toBe('done');
  // Handled anew, each time with what was stored meanwhile.
  expect(told).toEqual([
    ['new', undefined],
    ['changed', 10],
    ['changed', 20],
  ]);
  expect([...values.entries()]).toMatchObject([['/labelbox/label/1', { value: 4 }]]);
});

test('one that always loses to others waits', async () => {
  const values = memoryValues<number>();
  const { work, told } = counter({ ...values, putIfNewer: async () => false });
  const lost = work(labelEvent(1, 1, 1));
  await expect(lost).rejects.toBeInstanceOf(Wait);
  await expect(lost).rejects.toThrow('nobody else to change /labelbox/label/1 meanwhile');
  expect(told).toHaveLength(5);
});

test('an event after one that failed has its turn', async () => {
  const worker = createWorker(
    {
      'label.created': () => {
        throw new Error('down');
      },
      'label.updated': () => 1,
    },
    { guard: keepNewest(memoryValues<number>()) },
  );
  const [failed, next] = await Promise.allSettled(
    [labelEvent(1, 0, 1), labelEvent(1, 1, 1)].map((event) => worker(JSON.stringify(event))),
  );
  expect([failed?.status, next]).toEqual(['rejected', { status: 'fulfilled', value: 'done' }]);
});

test('a store that only keeps is enough', async () => {
  const values = memoryValues<number>();
  const worker = createWorker(
    { 'label.created': ({ data }) => data.labels?.[0]?.annotations?.length ?? 0 },
    { guard: keepNewest({ putIfNewer: values.putIfNewer }) },
  );
  const body = JSON.stringify(labelEvent(1, 0, 2));
  expect([await worker(body), await worker(body)]).toEqual(['done', 'stale']);
  expect([...values.entries()]).toMatchObject([['/labelbox/label/1', { value: 2 }]]);
});

test.each(['a store that is also read', 'a store that is only written'])(
  'a handler that returns undefined stores nothing in %s',
  async (kind) => {
    const values = memoryValues<number>();
    const { putIfNewer } = values;
    const guard =
      kind === 'a store that is only written' ? keepNewest({ putIfNewer }) : keepNewest(values);
    const worker = createWorker({ 'label.created': () => undefined }, { guard });
    expect(await worker(JSON.stringify(labelEvent(1, 0, 2)))).toBe('done');
    expect([...values.entries()]).toEqual([]);
  },
);

test('a value of a deleted subject may expire, and that of a living one may not', async () => {
  const values = memoryValues<number>();
  const expiries: (number | undefined)[] = [];
  const putIfNewer: typeof values.putIfNewer = (key, position, value, expiresAt, ...before) => {
    expiries.push(expiresAt);
    return values.putIfNewer(key, position, value, expiresAt, ...before);
  };
  const guard = keepNewest({ ...values, putIfNewer }, () => 1_000);
  const worker = createWorker({ 'label.created': () => 1, 'label.deleted': () => null }, { guard });
  await worker(JSON.stringify(labelEvent(1, 0, 2)));
  await worker(JSON.stringify(labelEvent(1, 5)));
  expect(expiries).toEqual([undefined, 1_000 + TOMBSTONE_MS]);
});

test('an event without a subject has its effect, and stores nothing', async () => {
  const values = memoryValues<number>();
  const guard = keepNewest({ putIfNewer: values.putIfNewer });
  const worker = createWorker({ 'label.created': () => 1 }, { guard });
  const { subject: _, ...event } = labelEvent(1, 0, 2);
  expect(await worker(JSON.stringify(event))).toBe('done');
  expect([...values.entries()]).toEqual([]);
});
