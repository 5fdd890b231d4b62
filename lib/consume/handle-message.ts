import type { Worker } from './create-worker';
import { Poison } from './poison';
import { RetryLater } from './retry-later';

/** A message as it was received. */
export interface Message {
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
}

/** What can be done about a message that is not acknowledged. */
export interface Queue<M extends Message> {
  /** Puts a copy among the dead letters, with the reason. */
  bury(message: M, reason: string): Promise<void>;
  /** Has it come again after so many seconds. */
  delay(message: M, seconds: number): Promise<void>;
}

/** What SQS can hide a message for, less what it has been hidden already. */
const MAX_SECONDS = 39_600;
const MAX_BACKOFF_SECONDS = 900;

/**
 * Handles a message, and does what its outcome asks for.
 *
 * @returns whether it may be deleted: it was handled, skipped or buried; otherwise it comes again
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
    const asked = error instanceof RetryLater ? error.seconds : undefined;
    const wanted = asked ?? backoff(message.receiveCount);
    const seconds = Math.min(Math.max(1, wanted), MAX_SECONDS);
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

/** Longer from time to time, so that five tries outlast a short outage, and never the same for two. */
const backoff = (receiveCount: number): number =>
  Math.ceil(Math.min(5 ** receiveCount, MAX_BACKOFF_SECONDS) * (0.5 + Math.random() / 2));
