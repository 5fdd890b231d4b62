import { MAX_RECEIVES } from '../events/queues';
import type { Worker } from './create-worker';
import { type Failure, nameEvent } from './failure';
import { Poison } from './poison';
import type { Message, Queue } from './queue';
import { reasonOf } from './reason-of';
import { RetryLater } from './retry-later';
import { type OnError, tellFailure } from './tell-failure';
import { UnknownVersion, Wait } from './wait';

/** SQS hides a message for at most 12 hours. The message has been hidden for a part of them already. */
const MAX_SECONDS = 39_600;
const MAX_BACKOFF_SECONDS = 900;

/**
 * Runs a worker on a message, and retries, delays or buries the message if the worker throws. Each failure is logged as
 * one line of JSON on stderr, without the event's data. The last try of a message ends in the dead-letter queue, with the
 * error as the reason.
 *
 * @param options `onError` is called with each error that is logged
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
  { onError }: { readonly onError?: OnError } = {},
): Promise<boolean> {
  try {
    await worker(message.body);
    return true;
  } catch (error) {
    const settled = await settle(message, error, queue);
    // To wait is no failure, unless it lasts until a newer worker is deployed.
    if (settled.outcome !== 'wait' || error instanceof UnknownVersion) {
      const reason = reasonOf(error);
      const attempt = message.receiveCount;
      await tellFailure(error, { ...nameEvent(message), attempt, ...settled, reason }, onError);
    }
    return settled.outcome !== 'retry';
  }
}

type Settled = Pick<Failure, 'outcome' | 'seconds' | 'problem'>;

async function settle<M extends Message>(
  message: M,
  error: unknown,
  queue: Queue<M>,
): Promise<Settled> {
  if (error instanceof Wait) {
    const seconds = await wait(message, error, queue);
    if (seconds !== undefined) return { outcome: 'wait', seconds };
  }
  if (error instanceof Poison || (await isLastTry(message, queue))) {
    return await bury(message, error, queue);
  }
  const seconds = Math.min(Math.max(1, secondsUntil(message, error)), MAX_SECONDS);
  return queue.delay(message, seconds).then(
    () => ({ outcome: 'retry', seconds }),
    // The message becomes visible at the end of its visibility timeout.
    () => ({ outcome: 'retry' }),
  );
}

/** @returns the delay of the copy in seconds; undefined if there is none */
async function wait<M extends Message>(
  message: M,
  error: Wait,
  queue: Queue<M>,
): Promise<number | undefined> {
  const { waits = 0 } = message;
  if (waits >= error.maxWaits) return undefined;
  const seconds = error.seconds(waits);
  return queue.wait(message, seconds).then(
    () => seconds,
    () => undefined,
  );
}

const isLastTry = async <M extends Message>(
  { receiveCount }: M,
  queue: Queue<M>,
): Promise<boolean> => receiveCount >= ((await queue.tries?.()) ?? MAX_RECEIVES);

const bury = <M extends Message>(message: M, error: unknown, queue: Queue<M>): Promise<Settled> =>
  queue.bury(message, reasonOf(error)).then(
    () => ({ outcome: 'dead letter' }),
    // The message is received again, and SQS itself moves it to the dead-letter queue in the end.
    (cause) => ({
      outcome: 'retry',
      problem: `the dead letter could not be sent: ${reasonOf(cause)}`,
    }),
  );

function secondsUntil({ receiveCount }: Message, error: unknown): number {
  // Without a copy, each receive must last as long as possible.
  if (error instanceof UnknownVersion) return MAX_SECONDS;
  const asked = error instanceof RetryLater ? error.seconds : undefined;
  return asked ?? backoff(receiveCount);
}

/** Grows with each receive, so that five tries outlast a short outage. Jitter spreads the retries. */
const backoff = (receiveCount: number): number =>
  Math.ceil(Math.min(5 ** receiveCount, MAX_BACKOFF_SECONDS) * (0.5 + Math.random() / 2));
