import { expect, test } from '@jest/globals';
import { type QueueDepths, queueWatch } from '../../../lib/receive/redeliver/watch-queues';

const MINUTE = 60_000;

/** @param counts the messages of queues that are not empty */
function watching(counts: Record<string, number>, ages: Record<string, number> = {}) {
  const calls: string[] = [];
  const lines: unknown[] = [];
  const depths: QueueDepths = {
    async count(queue) {
      calls.push(queue);
      if (queue === 'gone') throw new Error('NonExistentQueue');
      return counts[queue] ?? 0;
    },
    async oldest(queues) {
      calls.push(`oldest of ${queues}`);
      return new Map(Object.entries(ages));
    },
  };
  const log = (level: string, message: string, fields: object = {}, metrics = new Map()) =>
    lines.push([level, message, fields, Object.fromEntries(metrics)]);
  return { calls, lines, watch: (queues: string[]) => queueWatch(queues, depths, { log }) };
}

test('empty queues write no metric, and no age is read', async () => {
  const { watch, calls, lines } = watching({});
  await watch(['a', 'b'])();
  expect(calls).toEqual(['a-dlq', 'b-dlq', 'a', 'b']);
  expect(lines).toEqual([]);
});

test('dead letters of all queues are one metric, and the line names the queues', async () => {
  const { watch, lines } = watching({ 'a-dlq': 2, 'c-dlq': 3 });
  await watch(['a', 'b', 'c'])();
  expect(lines).toEqual([
    ['warn', 'there are dead letters', { queues: { 'a-dlq': 2, 'c-dlq': 3 } }, { DeadLetters: 5 }],
  ]);
});

test('the oldest message of the queues that have messages is a metric', async () => {
  const { watch, calls, lines } = watching({ a: 1, c: 1 }, { a: 7_200, c: 60 });
  await watch(['a', 'b', 'c'])();
  expect(calls).toContain('oldest of a,c');
  expect(lines).toEqual([
    ['info', 'messages wait', { queues: { a: 7_200, c: 60 } }, { OldestMessageSeconds: 7_200 }],
  ]);
});

test('a queue that cannot be read does not hide the others, and is an error in the end', async () => {
  const { watch, lines } = watching({ 'a-dlq': 1 });
  await expect(watch(['gone', 'a'])()).rejects.toThrow('NonExistentQueue');
  expect(lines).toEqual([
    ['warn', 'there are dead letters', { queues: { 'a-dlq': 1 } }, { DeadLetters: 1 }],
    ['error', 'a queue could not be read', expect.objectContaining({ queue: 'gone' }), {}],
  ]);
});

test('with a call each minute, no five minutes are skipped, however late or early a call is', async () => {
  const { watch, calls } = watching({});
  const look = watch(['a']);
  const looked: number[] = [];
  for (let minute = 0; minute < 60; minute++) {
    const before = calls.length;
    // Up to 20 seconds off.
    await look(minute * MINUTE + ((minute * 7) % 5) * 10_000 - 20_000);
    if (calls.length > before) looked.push(minute);
  }
  const gaps = looked.slice(1).map((minute, index) => minute - (looked[index] ?? 0));
  expect(new Set(gaps)).toEqual(new Set([5]));
});
