import { expect, test } from '@jest/globals';
import { createWorker } from '../../../lib/consume/create-worker';
import { type EventOf, isGone, topicOf } from '../../../lib/consume/event';
import { keepNewest } from '../../../lib/consume/keep-newest';
import { memoryValues } from '../../../lib/consume/memory-values';
import { topics } from '../../../lib/events/topics';
import { buildEvent } from '../../../lib/testing/build-event';
import { buildEvents } from '../../../lib/testing/build-events';
import { shuffled } from '../../../lib/testing/shuffled';
import { validateEvent } from '../../support/validate-event';

test('events of every topic and platform are valid', () => {
  const events = buildEvents(200);
  for (const event of events) validateEvent(JSON.stringify(event));
  expect(new Set(events.map(topicOf))).toEqual(new Set(topics));
  const places = events.map(({ source, data }) => `${source} ${data.platform}`);
  expect([...new Set(places)].sort()).toEqual(['/label-studio label-studio', '/labelbox labelbox']);
});

test('the same seed gives the same stream, another seed another', () => {
  const events = buildEvents(100, { seed: 3 });
  expect(events).toEqual(buildEvents(100, { seed: 3 }));
  expect(events).not.toEqual(buildEvents(100, { seed: 4 }));
  const stream = shuffled(events, { seed: 3 });
  expect(stream).toEqual(shuffled(events, { seed: 3 }));
  expect(stream).not.toEqual(shuffled(events, { seed: 4 }));
  // A fifth of the events comes twice.
  expect(stream).toHaveLength(120);
  expect(new Set(stream)).toEqual(new Set(events));
});

test('the sequence has the form of the platform', () => {
  const sequence = (topic: 'label.updated' | 'label.deleted', source: string) =>
    buildEvent(topic, {}, { source, subject: 'label/1' }).sequence;
  const start = '2026-01-01T00:00:00.000000Z';
  expect(sequence('label.updated', '/labelbox')).toBe(`${start}-1`);
  expect(sequence('label.deleted', '/labelbox')).toBe(`${start}-2`);
  expect(sequence('label.updated', '/label-studio')).toBe(`${start}/${start}-1`);
  expect(sequence('label.deleted', '/label-studio')).toBe(`${start}/9999-12-31T23:59:59.999999Z-2`);
  expect(buildEvent('label.created').sequence).toBeUndefined();
  const unordered = { subject: 'label/1', sequence: undefined };
  expect(buildEvent('label.created', {}, unordered).sequence).toBeUndefined();
});

test.each([1, 2, 3, 4, 5])(
  'a worker ends in the same state, whatever comes when (seed %i)',
  async (seed) => {
    const values = memoryValues<number>();
    const count = (event: EventOf<'label.created' | 'label.updated' | 'label.deleted'>) =>
      isGone(event) ? null : (event.data.labels?.[0]?.annotations?.length ?? 0);
    const worker = createWorker(
      { 'label.created': count, 'label.updated': count, 'label.deleted': count },
      { guard: keepNewest(values) },
    );
    const labelTopics = ['label.created', 'label.updated', 'label.deleted'] as const;
    const events = buildEvents(60, { seed, topics: labelTopics });
    for (const event of shuffled(events, { seed, duplicate: 0.5 })) {
      await worker(JSON.stringify(event));
    }
    // Each event is newer than those before it, so the last one of a subject counts.
    const newest = new Map(events.map((each) => [`${each.source}/${each.subject}`, count(each)]));
    const kept = new Map([...values.entries()].map(([key, { value }]) => [key, value]));
    expect(kept).toEqual(newest);
  },
);
