import { LabelrelayError } from '../errors';

/**
 * Thrown for a message that no retry can fix. The message goes to the dead-letter queue, with this error's message as the
 * reason.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks, memoryQueue } from 'labelrelay/testing';
 * import { createWorker, handleMessage, inOrder, Poison } from 'labelrelay/worker';
 *
 * const worker = createWorker(
 *   {
 *     'label.created': () => {
 *       throw new Poison('expected a known project, got another');
 *     },
 *   },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * const queue = memoryQueue();
 * const body = JSON.stringify(buildEvent('label.created'));
 * await handleMessage(worker, { body, receiveCount: 1 }, queue);
 * console.log(queue.buried[0]?.reason); // expected a known project, got another
 * ```
 */
export class Poison extends LabelrelayError {
  /** @param message the reason, which the dead letter carries. It must have no body and no secret */
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('poison', message, options);
  }
}
