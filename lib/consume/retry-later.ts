import { LabelrelayError } from '../errors';

/**
 * Thrown for a message that cannot be handled now. It is received again, which costs one of its tries.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks, memoryQueue } from 'labelrelay/testing';
 * import { createWorker, handleMessage, inOrder, RetryLater } from 'labelrelay/worker';
 *
 * const worker = createWorker(
 *   {
 *     'label.created': () => {
 *       throw new RetryLater('expected the model server, got no answer', 60);
 *     },
 *   },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * const queue = memoryQueue();
 * const body = JSON.stringify(buildEvent('label.created'));
 * console.log(await handleMessage(worker, { body, receiveCount: 1 }, queue)); // false
 * console.log(queue.delayed[0]?.seconds); // 60
 * ```
 */
export class RetryLater extends LabelrelayError {
  /** @param seconds the delay before the next try. Without it, the delay grows with each try */
  constructor(
    message: string,
    readonly seconds?: number,
    options: { cause?: unknown } = {},
  ) {
    super('retry', message, options);
  }
}
