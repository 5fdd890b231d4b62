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
  /** How often it was received, this time included. */
  readonly receiveCount: number;
  /** How often it was put back to wait before it came as this message: 0. */
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
  /** Puts a copy among the dead letters, with the reason. */
  bury(message: M, reason: string): Promise<void>;
  /** Has it come again after so many seconds. That costs one of its receives. */
  delay(message: M, seconds: number): Promise<void>;
  /**
   * Puts a fresh copy into the queue that comes after so many seconds, at most 900, has been received
   * never and has waited once more. Then deletes the message.
   *
   * @throws when there is no copy
   */
  wait(message: M, seconds: number): Promise<void>;
}

/** What SQS can hide a message for, less what it has been hidden already. */
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
    // When that fails, it comes again as soon as it is not hidden any more.
    await queue.delay(message, seconds).catch(() => {});
    return false;
  }
}

const bury = <M extends Message>(message: M, reason: string, queue: Queue<M>): Promise<boolean> =>
  queue.bury(message, reason).then(
    () => true,
    // It comes again, and SQS itself moves it there in the end.
    () => false,
  );

/** Nothing else shows why a message stays in its queue. */
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
  // Without a copy, each receive has to last for as long as it can.
  if (error instanceof UnknownVersion) return MAX_SECONDS;
  const asked = error instanceof RetryLater ? error.seconds : undefined;
  return asked ?? backoff(receiveCount);
}

/** Longer from time to time, so that five tries outlast a short outage, and never the same for two. */
const backoff = (receiveCount: number): number =>
  Math.ceil(Math.min(5 ** receiveCount, MAX_BACKOFF_SECONDS) * (0.5 + Math.random() / 2));
