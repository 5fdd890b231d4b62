/**
 * A received message of any queue.
 *
 * @example
 * ```ts
 * import type { Message } from 'labelrelay/worker';
 *
 * const message: Message = { body: '{}', receiveCount: 1 };
 * console.log(message.receiveCount); // 1
 * ```
 */
export interface Message {
  /** The event as JSON text. */
  readonly body: string;
  /** The number of times that the message was received, this time included. */
  readonly receiveCount: number;
  /** The number of times that the message has waited as a copy before: 0 if absent. */
  readonly waits?: number;
}

/**
 * The actions on a message that is not acknowledged.
 *
 * @example
 * ```ts
 * import { memoryQueue } from 'labelrelay/testing';
 * import type { Message, Queue } from 'labelrelay/worker';
 *
 * const queue: Queue<Message> = memoryQueue();
 * await queue.bury({ body: '{}', receiveCount: 1 }, 'no event');
 * console.log((queue as ReturnType<typeof memoryQueue>).buried[0]?.reason); // no event
 * ```
 */
export interface Queue<M extends Message> {
  /** Sends a copy to the dead-letter queue, with the reason. */
  bury(message: M, reason: string): Promise<void>;
  /** Makes the message visible again after so many seconds. That costs one of its receives. */
  delay(message: M, seconds: number): Promise<void>;
  /**
   * Sends a fresh copy that becomes visible after so many seconds, at most 900. The copy has a receive count
   * of 0, and has waited once more. Then deletes the message.
   *
   * @throws if no copy was sent
   */
  wait(message: M, seconds: number): Promise<void>;
  /** The number of receives after which the queue itself gives up on a message. Without this function it is 5. */
  tries?(): Promise<number>;
}
