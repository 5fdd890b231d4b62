import type { Worker } from './create-worker';
import { Poison } from './poison';
import { RetryLater } from './retry-later';
import { UnknownVersion, Wait } from './wait';

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
}

/** SQS hides a message for at most 12 hours. The message has been hidden for a part of them already. */
const MAX_SECONDS = 39_600;
const MAX_BACKOFF_SECONDS = 900;

/**
 * Runs a worker on a message, and retries, delays or buries the message if the worker throws.
 *
 * @returns whether the message may be deleted: it was handled, skipped or buried, or a fresh copy of it waits. Otherwise
 *   it is received again
 *
 * @example
 * ```ts
 * import { memoryMarks, memoryQueue } from 'labelrelay/testing';
 * import { createWorker, handleMessage, inOrder } from 'labelrelay/worker';
 *
 * const worker = createWorker({}, { guard: inOrder(memoryMarks()) });
 * const queue = memoryQueue();
 * console.log(await handleMessage(worker, { body: 'no JSON', receiveCount: 1 }, queue)); // true
 * console.log(queue.buried[0]?.reason); // expected JSON, got something else
 * ```
 */
export async function handleMessage<M extends Message>(
  worker: Worker,
  message: M,
  queue: Queue<M>,
): Promise<boolean> {
  try {
    await worker(message.body);
    return true;
  } catch (error) {
    if (error instanceof Poison) return await bury(message, error.message, queue);
    if (error instanceof UnknownVersion) tell(error);
    if (error instanceof Wait && (await isWaiting(message, error, queue))) return true;
    const seconds = Math.min(Math.max(1, secondsUntil(message, error)), MAX_SECONDS);
    // If the call fails, the message becomes visible at the end of its visibility timeout.
    await queue.delay(message, seconds).catch(() => {});
    return false;
  }
}

const bury = <M extends Message>(message: M, reason: string, queue: Queue<M>): Promise<boolean> =>
  queue.bury(message, reason).then(
    () => true,
    // The message is received again, and SQS itself moves it to the dead-letter queue in the end.
    () => false,
  );

/** Logs the error: nothing else shows why a message stays in its queue. */
const tell = ({ message, code }: UnknownVersion): void =>
  console.error(JSON.stringify({ level: 'error', message, code }));

async function isWaiting<M extends Message>(
  message: M,
  error: Wait,
  queue: Queue<M>,
): Promise<boolean> {
  const { waits = 0 } = message;
  if (waits >= error.maxWaits) return false;
  return queue.wait(message, error.seconds(waits)).then(
    () => true,
    () => false,
  );
}

function secondsUntil({ receiveCount }: Message, error: unknown): number {
  // Without a copy, each receive must last as long as possible.
  if (error instanceof UnknownVersion) return MAX_SECONDS;
  const asked = error instanceof RetryLater ? error.seconds : undefined;
  return asked ?? backoff(receiveCount);
}

/** Grows with each receive, so that five tries outlast a short outage. Jitter spreads the retries. */
const backoff = (receiveCount: number): number =>
  Math.ceil(Math.min(5 ** receiveCount, MAX_BACKOFF_SECONDS) * (0.5 + Math.random() / 2));
