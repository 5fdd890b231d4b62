import { expect, test } from '@jest/globals';
import type { DeliveryRow } from '../../../lib/inspector/delivery';
import { readHead } from '../../../lib/inspector/event-head';
import { Ring, type RingLimits } from '../../../lib/inspector/ring';

const ROW: Omit<DeliveryRow, 'n'> = {
  at: '2026-01-01T00:00:00.000Z',
  source: 'labelbox',
  topics: [],
  events: 0,
  verdict: 'pending',
};
const LIMITS: RingLimits = { rows: 5, bytes: 10_000, events: 3 };

const messageOf = (id: string, data: object = {}): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: '/labelbox',
    type: 'labelrelay.label.created',
    subject: 'label/a',
    sequence: '2026-01-01T00:00:00.000000Z-0',
    recordedtime: ROW.at,
    data: { platform: 'labelbox', event: 'LABEL_CREATED', ...data },
  });

const headOf = (message: string) => {
  const head = readHead(message);
  if (!head) throw new Error('no event');
  return head;
};

/** Adds an event that was sent to one queue. */
function sent(
  ring: Ring,
  recording: ReturnType<Ring['add']>,
  id: string,
  data?: object,
  queue = 'label-created',
): void {
  const message = messageOf(id, data);
  ring.addEvent(recording, headOf(message), message, queue, 'sent');
}

test('it lists the newest deliveries, the oldest first', () => {
  const ring = new Ring(LIMITS);
  for (let n = 1; n <= 12; n++) ring.add(ROW, { headers: [], events: [] });
  expect(ring.rows().map(({ n }) => n)).toEqual([8, 9, 10, 11, 12]);
  expect(ring.get(7)).toBeUndefined();
});

test('bodies of older deliveries make room for newer ones, and their lines stay', () => {
  const ring = new Ring(LIMITS);
  for (let n = 1; n <= 4; n++) {
    ring.add(ROW, { headers: [], body: new Uint8Array(4_000), events: [] });
  }
  // Each costs 4,000 bytes and 500 for itself: two fit into 10,000.
  expect([1, 2, 3, 4].map((n) => ring.get(n)?.content?.body?.length)).toEqual([
    undefined,
    undefined,
    4_000,
    4_000,
  ]);
  expect(ring.bytes).toBe(9_000);
  expect(ring.get(1)?.note).toMatch(/Newer deliveries/);
});

test('events count to the memory, and are forgotten with their delivery', () => {
  const ring = new Ring({ ...LIMITS, rows: 2 });
  const first = ring.add(ROW, { headers: [], events: [] });
  sent(ring, first, 'a', { text: 'x'.repeat(2_000) });
  expect(ring.bytes).toBeGreaterThan(2_500);
  for (let n = 0; n < 3; n++) ring.add(ROW, { headers: [], events: [] });
  expect(ring.bytes).toBe(2 * 500);
  ring.settle('a', 'label-created', 'done');
});

test('one that is larger than all of the memory leaves only its line', () => {
  const ring = new Ring(LIMITS);
  ring.add(ROW, { headers: [], body: new Uint8Array(20_000), events: [] });
  expect(ring.bytes).toBe(0);
  expect(ring.rows()).toHaveLength(1);
});

test('of very many events only the first are kept, and all are counted', () => {
  const ring = new Ring(LIMITS);
  const recording = ring.add(ROW, { headers: [], events: [] });
  for (const id of ['a', 'b', 'c', 'd']) sent(ring, recording, id);
  expect(recording.row.events).toBe(4);
  // They go to another queue too, and are still four.
  for (const id of ['a', 'b', 'c', 'd']) sent(ring, recording, id, {}, 'tap');
  expect(recording.row.events).toBe(4);
  expect(recording.content?.events.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(recording.row).toMatchObject({
    topics: ['label.created'],
    subject: 'label/a',
    event: 'LABEL_CREATED',
  });
});

test('a worker settles the first of two equal events, and then the second', () => {
  const ring = new Ring(LIMITS);
  const [first, second] = [1, 2].map(() => ring.add(ROW, { headers: [], events: [] }));
  if (!first || !second) throw new Error('expected two');
  sent(ring, first, 'a');
  sent(ring, second, 'a');
  const outcomes = () =>
    [first, second].map(({ content }) => content?.events[0]?.queues['label-created']);
  ring.settle('a', 'label-created', 'done');
  expect(outcomes()).toEqual(['done', 'sent']);
  ring.settle('a', 'label-created', 'duplicate');
  expect(outcomes()).toEqual(['done', 'duplicate']);
});

test('a listener hears of every change until it leaves', () => {
  const ring = new Ring(LIMITS);
  const heard: DeliveryRow[] = [];
  const leave = ring.listen((row) => heard.push(row));
  const recording = ring.add(ROW, { headers: [], events: [] });
  ring.change(recording, { verdict: 'accepted' });
  leave();
  ring.change(recording, { verdict: 'failed' });
  expect(heard.map(({ verdict }) => verdict)).toEqual(['pending', 'accepted']);
});

test('attributes are read without the data, however it looks', () => {
  const tricky = { note: ',"data":{', text: '"event":"OTHER"' };
  expect(readHead(messageOf('a', tricky))).toMatchObject({ id: 'a', event: 'LABEL_CREATED' });
  expect(readHead('no JSON')).toBeUndefined();
  expect(readHead('[1]')).toBeUndefined();
  const check = JSON.stringify({ id: 'a', source: '/x', type: 't', dataref: 's3://b/data/k' });
  expect(readHead(check)?.dataref).toBe('s3://b/data/k');
});

test('ids of events that are not kept count to the memory too', () => {
  const ring = new Ring(LIMITS);
  const first = ring.add(ROW, { headers: [], events: [] });
  for (let id = 0; id < 1_000; id++) sent(ring, first, String(id));
  expect(ring.bytes).toBeLessThanOrEqual(LIMITS.bytes);
  expect(first.content).toBeUndefined();
  expect(first.seen.size).toBe(0);
});

test('a worker settles the event that is left, once the other is forgotten', () => {
  const ring = new Ring({ ...LIMITS, rows: 2 });
  const [first, second] = [1, 2].map(() => {
    const recording = ring.add(ROW, { headers: [], events: [] });
    sent(ring, recording, 'a');
    return recording;
  });
  ring.add(ROW, { headers: [], events: [] });
  expect(first?.content).toBeUndefined();
  ring.settle('a', 'label-created', 'done');
  expect(second?.content?.events[0]?.queues).toEqual({ 'label-created': 'done' });
});
