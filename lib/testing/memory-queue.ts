import type { Message, Queue } from '../consume/queue';

/** A queue that remembers what was asked of it. */
export interface MemoryQueue extends Queue<Message> {
  readonly buried: readonly { readonly body: string; readonly reason: string }[];
  readonly delayed: readonly { readonly body: string; readonly seconds: number }[];
  readonly waiting: readonly { readonly body: string; readonly seconds: number }[];
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
  const buried: { body: string; reason: string }[] = [];
  const delayed: { body: string; seconds: number }[] = [];
  const waiting: { body: string; seconds: number }[] = [];
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
