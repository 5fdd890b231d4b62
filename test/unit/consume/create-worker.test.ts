import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createWorker, type Handlers } from '../../../lib/consume/create-worker';
import type { AnyEvent } from '../../../lib/consume/event';
import { handleMessage } from '../../../lib/consume/handle-message';
import { holdBack } from '../../../lib/consume/hold-back';
import { inOrder } from '../../../lib/consume/in-order';
import { memoryMarks } from '../../../lib/consume/memory-marks';
import { Poison } from '../../../lib/consume/poison';
import { RetryLater } from '../../../lib/consume/retry-later';
import { UnknownVersion, Wait } from '../../../lib/consume/wait';
import { topics } from '../../../lib/events/topics';
import { buildEvent } from '../../../lib/testing/build-event';
import { memoryData } from '../../../lib/testing/memory-data';
import { memoryQueue } from '../../../lib/testing/memory-queue';
import { validateEvent } from '../../support/validate-event';

beforeEach(() => {
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Classifications in the answers of classifications. */
function deep(levels: number): string {
  const open = '{"name":"c","type":"radio","answers":[{"name":"a","classifications":[';
  const inner = open.repeat(levels) + ']}]}'.repeat(levels);
  const event = buildEvent('label.updated', { labels: [{ id: 'DEEP' }] });
  return JSON.stringify(event).replace('"id":"DEEP"', `"id":"1","classifications":[${inner}]`);
}

const SUBJECT = { subject: 'label/1', sequence: '2026-01-01T00:00:00.000000Z-1' };

function worker(overrides: Handlers<void> = {}, data = memoryData()) {
  const handled: AnyEvent[] = [];
  const handle = (event: AnyEvent) => void handled.push(event);
  const handlers: Handlers<void> = {
    'label.updated': handle,
    'label.deleted': handle,
    'review.created': handle,
    ...overrides,
  };
  const marks = memoryMarks();
  return { handled, marks, work: createWorker(handlers, { guard: inOrder(marks), data }) };
}

test.each(topics)('a built event of %s is valid', (topic) => {
  expect(() => validateEvent(JSON.stringify(buildEvent(topic)))).not.toThrow();
});

test('a handler gets the event, with unknown members', async () => {
  const { handled, work } = worker();
  const event = { ...buildEvent('label.updated', { labels: [{ id: '1' }] }), future: { a: 1 } };
  expect(await work(JSON.stringify({ ...event, data: { ...event.data, later: 2 } }))).toBe('done');
  expect(handled).toEqual([{ ...event, data: { ...event.data, later: 2 } }]);
});

test.each<[string, string]>([
  ['no JSON', '{'],
  ['no object', '3'],
  ['no event', '{"id":"1"}'],
  ['a foreign event', JSON.stringify({ ...buildEvent('label.updated'), type: 'com.x.y' })],
  ['an event without data', JSON.stringify({ ...buildEvent('label.updated'), data: undefined })],
  [
    'data that does not fit',
    JSON.stringify({ ...buildEvent('label.updated'), data: { platform: 3 } }),
  ],
  [
    'an event with both its data and where it is',
    JSON.stringify({ ...buildEvent('label.updated'), ...memoryData().put({}) }),
  ],
  [
    'an event with a place that is none',
    JSON.stringify({ ...buildEvent('label.updated'), dataref: 5 }),
  ],
  ['data that is too deep to be validated', deep(20_000)],
  ['a topic without a handler', JSON.stringify(buildEvent('task.created'))],
])('poison: %s', async (_, body) => {
  const { handled, work } = worker();
  await expect(work(body)).rejects.toBeInstanceOf(Poison);
  const queue = memoryQueue();
  expect(await handleMessage(work, { body, receiveCount: 1 }, queue)).toBe(true);
  expect(queue.buried).toEqual([{ body, reason: expect.stringContaining('expected') }]);
  expect(handled).toEqual([]);
});

test.each([
  ['with data of another version', { data: { platform: 3 } }],
  ['of a topic that nobody knows yet', { type: 'labelrelay.label.merged' }],
  ['with other attributes', { id: undefined, sequence: 5 }],
])('an event of a later version, %s, stays in its queue', async (_, change) => {
  const { work } = worker();
  const event = buildEvent('label.updated');
  const dataschema = event.dataschema.replace(/1$/, '2');
  const body = JSON.stringify({ ...event, dataschema, ...change });
  await expect(work(body)).rejects.toThrow('expected version 1 of events, got 2');
  await expect(work(body)).rejects.toBeInstanceOf(UnknownVersion);
});

test('the base of a schema is free', async () => {
  const { work } = worker();
  const dataschema = 'https://example.com:8080/schemas/labelrelay.label.updated:1';
  expect(await work(JSON.stringify({ ...buildEvent('label.updated'), dataschema }))).toBe('done');
});

test('a reason names the place of a mismatch, but not the value', async () => {
  const { work } = worker();
  const event = buildEvent('label.updated');
  const body = JSON.stringify({
    ...event,
    data: { platform: 'p', labels: [{ id: { s: 'SECRET' } }] },
  });
  await expect(work(body)).rejects.toThrow(/labels\.0\.id \(invalid_type\)/);
  await expect(work(body)).rejects.not.toThrow(/SECRET/);
});

describe('large data', () => {
  const large = { platform: 'labelbox', labels: [{ id: '1' }] };
  const { data: _, ...attributes } = buildEvent('label.updated');
  const travelling = (claim: object, recordedtime = new Date().toISOString()) =>
    JSON.stringify({ ...attributes, ...claim, recordedtime });

  test('is fetched and verified', async () => {
    const data = memoryData();
    const { handled, work } = worker({}, data);
    await work(travelling(data.put(large)));
    expect(handled[0]?.data).toEqual(large);
  });

  test.each([
    ['missing', {}],
    ['other than it was', { datadigest: `sha256:${'0'.repeat(64)}` }],
  ])('that is %s is waited for while the event is young', async (name, change) => {
    const data = memoryData();
    const claim = { ...data.put(large), ...change };
    const { work } = worker({}, name === 'missing' ? memoryData() : data);
    await expect(work(travelling(claim))).rejects.toBeInstanceOf(RetryLater);
    const old = new Date(Date.now() - 6 * 60_000).toISOString();
    await expect(work(travelling(claim, old))).rejects.toBeInstanceOf(Poison);
  });

  test('in another bucket is never read', async () => {
    const { work } = worker();
    const claim = { ...memoryData('other').put(large), dataref: 's3://other/data/x' };
    await expect(work(travelling(claim))).rejects.toBeInstanceOf(Poison);
    const dataref = 's3://bucket-of-another/data/x';
    await expect(work(travelling({ ...claim, dataref }))).rejects.toBeInstanceOf(Poison);
  });
});

describe('outcomes', () => {
  const body = JSON.stringify(buildEvent('label.updated', {}, SUBJECT));
  const throwing = (error: unknown) =>
    worker({
      'label.updated': () => {
        throw error;
      },
    }).work;

  test('returning acknowledges a message, also a skipped one', async () => {
    const { handled, work } = worker();
    const queue = memoryQueue();
    for (let time = 0; time < 3; time++) {
      expect(await handleMessage(work, { body, receiveCount: 1 }, queue)).toBe(true);
    }
    expect(handled).toHaveLength(1);
    expect([queue.buried, queue.delayed]).toEqual([[], []]);
  });

  test('throwing makes a message come again, with growing delays', async () => {
    const seconds: number[] = [];
    for (const receiveCount of [1, 4, 9, 30]) {
      const queue = { ...memoryQueue(), tries: async () => 31 };
      const work = throwing(new Error('down'));
      expect(await handleMessage(work, { body, receiveCount }, queue)).toBe(false);
      seconds.push(queue.delayed[0]?.seconds ?? 0);
    }
    // Half to all of 5, 625 and, at the most, 900 seconds.
    [5, 625, 900, 900].forEach((most, index) => {
      expect(seconds[index]).toBeGreaterThanOrEqual(most / 2);
      expect(seconds[index]).toBeLessThanOrEqual(most);
    });
  });

  test('a handler can set the delay, or declare a message poison', async () => {
    const queue = memoryQueue();
    const later = throwing(new RetryLater('busy', 77));
    expect(await handleMessage(later, { body, receiveCount: 1 }, queue)).toBe(false);
    expect(queue.delayed).toEqual([{ body, seconds: 77 }]);
    const never = throwing(new Poison('no such class'));
    expect(await handleMessage(never, { body, receiveCount: 1 }, queue)).toBe(true);
    expect(queue.buried).toEqual([{ body, reason: 'no such class' }]);
  });

  test('a message that cannot be dead-lettered or delayed comes again', async () => {
    const down = async () => {
      throw new Error('down');
    };
    const queue = { bury: down, delay: down, wait: down };
    const message = { body, receiveCount: 1 };
    expect(await handleMessage(throwing(new Wait('x')), message, queue)).toBe(false);
    expect(await handleMessage(throwing(new Poison('x')), message, queue)).toBe(false);
    expect(await handleMessage(throwing(new Error('x')), message, queue)).toBe(false);
    const last = { body, receiveCount: 5 };
    expect(await handleMessage(throwing(new Error('x')), last, queue)).toBe(false);
  });

  test('after a failed handler, the same event can run again at once', async () => {
    let tries = 0;
    const { work } = worker({
      'label.updated': () => {
        if (++tries === 1) throw new Error('down');
      },
    });
    await expect(work(body)).rejects.toThrow('down');
    expect(await work(body)).toBe('done');
    expect(await work(body)).toBe('duplicate');
  });
});

describe('order', () => {
  const at = (second: number) => ({
    subject: 'label/1',
    sequence: `2026-01-01T00:00:0${second}.000000Z-1`,
  });

  test('an older event is skipped, but takes effect in a replay', async () => {
    const marks = memoryMarks();
    const handled: unknown[] = [];
    const handlers = { 'label.updated': ({ id }: AnyEvent) => void handled.push(id) };
    const newer = buildEvent('label.updated', {}, { ...at(2), id: 'newer' });
    const older = buildEvent('label.updated', {}, { ...at(1), id: 'older' });
    const work = createWorker(handlers, { guard: inOrder(marks) });
    expect(await work(JSON.stringify(newer))).toBe('done');
    expect(await work(JSON.stringify(older))).toBe('stale');
    const again = createWorker(handlers, { guard: inOrder(marks, { replay: true }) });
    expect(await again(JSON.stringify(older))).toBe('done');
    expect(handled).toEqual(['newer', 'older']);
    expect(await work(JSON.stringify(older))).toBe('stale');
  });

  test('an event without sequence is only deduplicated', async () => {
    const { handled, work } = worker();
    const body = (id: string) =>
      JSON.stringify(
        buildEvent('label.updated', {}, { subject: 'label/1', sequence: undefined, id }),
      );
    expect([await work(body('a')), await work(body('b')), await work(body('a'))]).toEqual([
      'done',
      'done',
      'duplicate',
    ]);
    expect(handled).toHaveLength(2);
  });

  test('a slow handler makes a newer event wait, and is notified if it loses its lease', async () => {
    const marks = memoryMarks();
    const order: string[] = [];
    const handlers: Handlers<void> = {
      'label.updated': async ({ id }) => {
        order.push(`${id} begins`);
        await new Promise((resolve) => setTimeout(resolve, 150));
        order.push(`${id} ends`);
      },
    };
    const work = createWorker(handlers, { guard: inOrder(marks, { leaseMs: 60 }) });
    const [older, newer] = [1, 2].map((second) =>
      JSON.stringify(buildEvent('label.updated', {}, { ...at(second), id: String(second) })),
    );
    // The lease is shorter than the handler, and extended meanwhile.
    await Promise.all([work(older ?? ''), work(newer ?? '')]);
    expect(order).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
  });

  test('an event that waits for a reused id waits for its current owner', async () => {
    const marks = memoryMarks();
    const guard = holdBack(marks, {
      guard: inOrder(marks),
      subjectBefore: ({ type }) => (type === 'labelrelay.label.updated' ? 'task/7' : undefined),
      now: () => Date.parse('2026-01-01T00:00:00Z'),
    });
    const handlers = {
      'label.updated': () => {},
      'task.created': () => {},
      'task.deleted': () => {},
    };
    const work = createWorker(handlers, { guard });
    const moment = (second: number) => `2026-01-01T00:00:0${second}.000000Z`;
    const task = (second: number) => ({
      subject: 'task/7',
      sequence: `${moment(second)}/${moment(second)}-0`,
    });
    const label = (second: number) => {
      const sequence = `${moment(second)}/${moment(second)}-1`;
      return JSON.stringify(
        buildEvent('label.updated', {}, { subject: `label/${second}`, sequence }),
      );
    };
    await work(JSON.stringify(buildEvent('task.created', {}, task(1))));
    expect(await work(label(2))).toBe('done');
    const sequence = `${moment(3)}/9999-12-31T23:59:59.999999Z-2`;
    await work(JSON.stringify(buildEvent('task.deleted', {}, { ...task(3), sequence })));
    // The event is late, and the awaited object is deleted.
    expect(await work(label(1))).toBe('done');
    await expect(work(label(5))).rejects.toMatchObject({
      message: expect.stringMatching('task/7'),
    });
    await work(JSON.stringify(buildEvent('task.created', {}, task(4))));
    expect(await work(label(5))).toBe('done');
  });

  test('a review waits until its label has come, up to a limit', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const marks = memoryMarks();
    const handled: string[] = [];
    const handle = ({ type }: AnyEvent) => void handled.push(type);
    const guard = holdBack(marks, {
      guard: inOrder(marks),
      subjectBefore: (event) =>
        event.type === 'labelrelay.review.created' ? `label/${event.data.label?.id}` : undefined,
      now: () => now,
    });
    const work = createWorker({ 'review.created': handle, 'label.updated': handle }, { guard });
    const review = (label: string) =>
      JSON.stringify(
        buildEvent('review.created', { label: { id: label } }, { subject: `review/${label}` }),
      );
    await expect(work(review('1'))).rejects.toMatchObject({ code: 'wait', atMost: 900 });
    await work(JSON.stringify(buildEvent('label.updated', {}, at(1))));
    expect(await work(review('1'))).toBe('done');
    await expect(work(review('2'))).rejects.toBeInstanceOf(Wait);
    now += 900_000;
    expect(await work(review('2'))).toBe('done');
    expect(handled).toHaveLength(3);
  });
});
