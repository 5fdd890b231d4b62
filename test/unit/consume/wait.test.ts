import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { handleMessage } from '../../../lib/consume/handle-message';
import { UnknownVersion, Wait } from '../../../lib/consume/wait';
import { memoryQueue } from '../../../lib/testing/memory-queue';

const throwing = (error: unknown) => async () => {
  throw error;
};

let said: string[];
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('waiting', () => {
  test('grows each time, up to the longest delay of the queue and never beyond the given limit', async () => {
    const seconds = async (wait: Wait, waits: number) => {
      const queue = memoryQueue();
      const message = { body: 'x', receiveCount: 1, waits };
      expect(await handleMessage(throwing(wait), message, queue)).toBe(true);
      expect([queue.delayed, queue.buried]).toEqual([[], []]);
      return queue.waiting[0]?.seconds ?? 0;
    };
    // 5 x 1.5^waits, give or take a quarter.
    for (const [waits, about] of [
      [0, 5],
      [1, 7.5],
      [4, 25.3],
    ] as const) {
      const came = await seconds(new Wait('busy'), waits);
      expect(came).toBeGreaterThanOrEqual(about * 0.75);
      expect(came).toBeLessThanOrEqual(Math.ceil(about * 1.25));
    }
    expect(await seconds(new Wait('busy'), 99)).toBe(900);
    expect(await seconds(new Wait('busy', 60), 99)).toBe(60);
    expect(await seconds(new Wait('busy', -3), 0)).toBe(1);
  });

  test('is limited: after a hundred times it costs tries', async () => {
    const queue = memoryQueue();
    const message = { body: 'x', receiveCount: 1, waits: 100 };
    expect(await handleMessage(throwing(new Wait('busy')), message, queue)).toBe(false);
    expect([queue.waiting, queue.delayed.length]).toEqual([[], 1]);
  });

  test('costs a try when no copy can be made', async () => {
    const queue = { ...memoryQueue(), wait: throwing(new Error('denied')) };
    const message = { body: 'x', receiveCount: 1 };
    expect(await handleMessage(throwing(new Wait('busy')), message, queue)).toBe(false);
    expect(queue.delayed).toEqual([{ body: 'x', seconds: expect.any(Number) }]);
  });
});

describe('an unknown version', () => {
  const unknown = new UnknownVersion('the table marks', 1, '2');

  test('leaves the message in its queue every time, and is logged', async () => {
    const queue = memoryQueue();
    const message = { body: 'x', receiveCount: 5, waits: 10_000 };
    expect(await handleMessage(throwing(unknown), message, queue)).toBe(true);
    expect(queue.waiting).toEqual([{ body: 'x', seconds: 900 }]);
    expect([queue.delayed, queue.buried]).toEqual([[], []]);
    const text = 'expected version 1 of the table marks, got 2';
    expect(said.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'error',
        message: text,
        code: 'unknown-version',
        attempt: 5,
        outcome: 'wait',
        seconds: 900,
        stack: expect.stringMatching(/^ {4}at /),
      },
    ]);
  });

  test('hides the message as long as possible if no copy can be made', async () => {
    const queue = { ...memoryQueue(), wait: throwing(new Error('denied')) };
    expect(await handleMessage(throwing(unknown), { body: 'x', receiveCount: 1 }, queue)).toBe(
      false,
    );
    expect(queue.delayed).toEqual([{ body: 'x', seconds: 39_600 }]);
  });
});
