import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Failure } from '../../../lib/consume/failure';
import { handleMessage } from '../../../lib/consume/handle-message';
import { Poison } from '../../../lib/consume/poison';
import { reasonOf } from '../../../lib/consume/reason-of';
import { RetryLater } from '../../../lib/consume/retry-later';
import { UnknownVersion, Wait } from '../../../lib/consume/wait';
import { buildEvent } from '../../../lib/testing/build-event';
import { memoryQueue } from '../../../lib/testing/memory-queue';

const ATTRIBUTES = { id: 'event-1', source: '/labelbox', subject: 'label/1' };
const body = JSON.stringify(
  buildEvent('label.updated', { labels: [{ id: 'PAYLOAD' }] }, ATTRIBUTES),
);
const NAMED = { topic: 'label.updated', ...ATTRIBUTES };

const throwing = (error: unknown) => async () => {
  throw error;
};
const down = throwing(new Error('down'));

let lines: string[];
const logged = () => lines.map((line) => JSON.parse(line));
beforeEach(() => {
  lines = [];
  jest.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
});

describe('a failure is logged', () => {
  test('with the event, the attempt and the stack, and without data', async () => {
    const queue = memoryQueue();
    const cause = new TypeError('no route to host');
    const error = new Error('THE REASON', { cause });
    expect(await handleMessage(throwing(error), { body, receiveCount: 2 }, queue)).toBe(false);
    const [{ stack, ...line }] = logged();
    expect(line).toEqual({
      level: 'error',
      message: 'Error: THE REASON',
      ...NAMED,
      attempt: 2,
      outcome: 'retry',
      seconds: queue.delayed[0]?.seconds,
    });
    expect(stack).toMatch(
      /^ {4}at [^\n]*failure\.test\.ts.*\nCaused by: TypeError: no route to host\n {4}at /s,
    );
    expect(lines.join()).not.toContain('PAYLOAD');
  });

  test('an error without stack, and a thrown value that is no error', async () => {
    const bare = Object.assign(new Error('bare'), { stack: undefined });
    await handleMessage(throwing(bare), { body, receiveCount: 1 }, memoryQueue());
    await handleMessage(throwing('a text'), { body, receiveCount: 1 }, memoryQueue());
    await handleMessage(throwing({ secret: 's' }), { body, receiveCount: 1 }, memoryQueue());
    expect(logged().map(({ message }) => message)).toEqual([
      'Error: bare',
      'a text',
      'a thrown object',
    ]);
  });

  test('for a message that is no event', async () => {
    for (const text of ['no JSON', '3', 'null', '{"id":{"s":"SECRET"},"type":"com.x"}']) {
      await handleMessage(
        throwing(new Poison('x')),
        { body: text, receiveCount: 1 },
        memoryQueue(),
      );
    }
    for (const { level, message, code, attempt, outcome, stack, ...more } of logged()) {
      expect([level, message, code, attempt, outcome]).toEqual([
        'error',
        'x',
        'poison',
        1,
        'dead letter',
      ]);
      expect([typeof stack, more]).toEqual(['string', {}]);
    }
    expect(lines).toHaveLength(4);
  });

  test('waiting is no failure, until it happens too often', async () => {
    const wait = throwing(new Wait('busy'));
    await handleMessage(wait, { body, receiveCount: 1, waits: 99 }, memoryQueue());
    expect(lines).toEqual([]);
    await handleMessage(wait, { body, receiveCount: 1, waits: 100 }, memoryQueue());
    expect(logged()).toMatchObject([
      { code: 'wait', outcome: 'retry', seconds: expect.any(Number) },
    ]);
  });
});

describe('the last try', () => {
  test.each<[string, unknown, string]>([
    ['an error', new RangeError('no such class'), 'RangeError: no such class'],
    [
      'an error of a name that was set',
      Object.assign(new Error('slow'), { name: 'Timeout' }),
      'Timeout: slow',
    ],
    ['an error without a message', new Error(), 'Error'],
    ['RetryLater', new RetryLater('the model is down', 60), 'the model is down'],
    ['a thrown text', 'THE REASON', 'THE REASON'],
  ])('of %s ends in the dead letters at once, with the reason', async (_, error, reason) => {
    const queue = memoryQueue();
    expect(await handleMessage(throwing(error), { body, receiveCount: 4 }, queue)).toBe(false);
    expect(queue.buried).toEqual([]);
    expect(await handleMessage(throwing(error), { body, receiveCount: 5 }, queue)).toBe(true);
    expect(queue.buried).toEqual([{ body, reason }]);
    expect(queue.delayed).toHaveLength(1);
    expect(logged()).toMatchObject([
      { message: reason, attempt: 4, outcome: 'retry' },
      { message: reason, attempt: 5, outcome: 'dead letter' },
    ]);
    expect(logged()[1]).not.toHaveProperty('seconds');
  });

  test('follows from the redrive policy of the queue', async () => {
    const queue = { ...memoryQueue(), tries: async () => 2 };
    expect(await handleMessage(down, { body, receiveCount: 1 }, queue)).toBe(false);
    expect(await handleMessage(down, { body, receiveCount: 2 }, queue)).toBe(true);
    const endless = { ...memoryQueue(), tries: async () => Number.POSITIVE_INFINITY };
    expect(await handleMessage(down, { body, receiveCount: 1_000 }, endless)).toBe(false);
  });

  test('does not count for a message that waits', async () => {
    const queue = memoryQueue();
    expect(await handleMessage(throwing(new Wait('busy')), { body, receiveCount: 5 }, queue)).toBe(
      true,
    );
    expect([queue.waiting.length, queue.buried]).toEqual([1, []]);
  });

  test('for a message with an unknown version that cannot be copied', async () => {
    const queue = { ...memoryQueue(), wait: down };
    const unknown = throwing(new UnknownVersion('events', 1, '2'));
    expect(await handleMessage(unknown, { body, receiveCount: 5 }, queue)).toBe(true);
    expect(queue.buried).toEqual([{ body, reason: 'expected version 1 of events, got 2' }]);
  });

  test('is repeated if the dead letter cannot be sent, which is logged', async () => {
    const queue = { ...memoryQueue(), bury: down };
    expect(await handleMessage(throwing(new Error('x')), { body, receiveCount: 5 }, queue)).toBe(
      false,
    );
    expect(logged()).toMatchObject([
      {
        message: 'Error: x',
        outcome: 'retry',
        problem: 'the dead letter could not be sent: Error: down',
      },
    ]);
  });
});

describe('onError', () => {
  test('gets the error itself, and the outcome of the message', async () => {
    const told: [unknown, Failure][] = [];
    const onError = (error: unknown, failure: Failure) => void told.push([error, failure]);
    const error = new Error('x');
    await handleMessage(throwing(error), { body, receiveCount: 5 }, memoryQueue(), { onError });
    await handleMessage(throwing(new Wait('x')), { body, receiveCount: 1 }, memoryQueue(), {
      onError,
    });
    expect(told).toEqual([
      [error, { ...NAMED, attempt: 5, outcome: 'dead letter', reason: 'Error: x' }],
    ]);
    expect(told[0]?.[0]).toBe(error);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('hook');
      },
    ],
    ['rejects', () => Promise.reject(new Error('hook'))],
  ])('that %s changes nothing, and is logged', async (_, onError) => {
    const queue = memoryQueue();
    const message = { body, receiveCount: 5 };
    expect(await handleMessage(down, message, queue, { onError })).toBe(true);
    expect(queue.buried).toHaveLength(1);
    expect(logged().map(({ message }) => message)).toEqual([
      'Error: down',
      'onError failed: Error: hook',
    ]);
  });
});

describe('a reason', () => {
  test.each([
    ['is one line', 'a\n\tb\r\n\0c', 'a b c'],
    ['keeps every script', 'größer 標籤 🙂', 'größer 標籤 🙂'],
    ['has nothing that SQS refuses', 'a\ud800b\uffffc', 'a b c'],
    ['turns no terminal around', 'a\u202eb\u001b[31mc', 'a b [31mc'],
    [
      'has no query of a URL',
      'GET https://x.test/a?X-Amz-Signature=abc failed',
      'GET https://x.test/a?… failed',
    ],
  ])('%s', (_, text, reason) => {
    expect(reasonOf(text)).toBe(reason);
    expect(reasonOf(new Poison(text))).toBe(reason);
  });

  test('has 500 characters, also if they have two code units', () => {
    expect([...reasonOf('🙂'.repeat(500))]).toHaveLength(500);
    const cut = [...reasonOf('🙂'.repeat(501))];
    expect([cut.length, cut.at(-1)]).toEqual([500, '…']);
  });

  test('is never empty, since SQS rejects that', () => {
    expect([reasonOf(''), reasonOf(new Poison('\n'))]).toEqual(['no reason', 'no reason']);
  });
});
