import type { Message, Queue } from '../consume/queue';

type Buried = Readonly<Record<'body' | 'reason', string>>;
type Delayed = Readonly<Record<'body', string> & Record<'seconds', number>>;

/**
 * A queue in memory that records its calls.
 *
 * @example
 * ```ts
 * import { type MemoryQueue, memoryQueue } from 'labelrelay/testing';
 *
 * const queue: MemoryQueue = memoryQueue();
 * console.log(queue.buried.length); // 0
 * ```
 */
export interface MemoryQueue extends Queue<Message> {
  /** The body of each dead letter, and its reason. */
  readonly buried: readonly Buried[];
  /** The body of each message to retry, and the seconds until then. */
  readonly delayed: readonly Delayed[];
  /** The body of each message that waits as a fresh copy, and the seconds until then. */
  readonly waiting: readonly Delayed[];
}

/**
 * A queue in memory that records its calls in `buried`, `delayed` and `waiting`.
 *
 * @example
 * ```ts
 * import { memoryQueue } from 'labelrelay/testing';
 *
 * const queue = memoryQueue();
 * await queue.delay({ body: '{}', receiveCount: 1 }, 5);
 * console.log(queue.delayed[0]?.seconds); // 5
 * ```
 */
export function memoryQueue(): MemoryQueue {
  const buried: Buried[] = [];
  const delayed: Delayed[] = [];
  const waiting: Delayed[] = [];
  return {
    buried,
    delayed,
    waiting,
    async bury({ body }, reason) {
      buried.push({ body, reason });
    },
    async delay({ body }, seconds) {
      delayed.push({ body, seconds });
    },
    async wait({ body }, seconds) {
      waiting.push({ body, seconds });
    },
  };
}
