import { type ErrorCode, LabelrelayError } from '../errors';

/** The longest delay of a message in SQS, in seconds. */
const MAX_SECONDS = 900;
/** The first wait, in seconds. Each further wait is 1.5 times as long. */
const FIRST_SECONDS = 5;
const GROWTH = 1.5;
/** The most waits of a message, which take almost a day together. After that, the wait counts as a failure. */
const MAX_WAITS = 100;

/**
 * Thrown for a message that must wait for something else. A fresh copy of it is received later, which costs none of its
 * tries.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks, memoryQueue } from 'labelrelay/testing';
 * import { createWorker, handleMessage, inOrder, Wait } from 'labelrelay/worker';
 *
 * const worker = createWorker(
 *   {
 *     'label.created': () => {
 *       throw new Wait('expected the picture to be there, got none');
 *     },
 *   },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * const queue = memoryQueue();
 * const body = JSON.stringify(buildEvent('label.created'));
 * console.log(await handleMessage(worker, { body, receiveCount: 1 }, queue)); // true
 * console.log(queue.waiting.length); // 1
 * ```
 */
export class Wait extends LabelrelayError {
  /** The most times that a message may wait. */
  readonly maxWaits: number = MAX_WAITS;

  /** @param atMost the longest delay before the message is received again, in seconds */
  constructor(
    message: string,
    readonly atMost: number = MAX_SECONDS,
    code: ErrorCode = 'wait',
  ) {
    super(code, message);
  }

  /**
   * @param waits how often the message has waited
   * @returns the delay in seconds, with jitter
   */
  seconds(waits: number): number {
    const grown = FIRST_SECONDS * GROWTH ** waits * (0.75 + Math.random() / 2);
    return Math.ceil(Math.max(1, Math.min(grown, this.atMost, MAX_SECONDS)));
  }
}

/**
 * Thrown for an event or item in a form that this version of labelrelay does not know. Its message stays in the queue until
 * a newer worker handles it.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder, UnknownVersion } from 'labelrelay/worker';
 *
 * const worker = createWorker({ 'label.created': () => {} }, { guard: inOrder(memoryMarks()) });
 * const event = buildEvent('label.created', {}, { dataschema: 'urn:labelrelay:schema:labelrelay.label.created:2' });
 * const error = await worker(JSON.stringify(event)).catch((thrown) => thrown);
 * console.log(error instanceof UnknownVersion, error.message); // true expected version 1 of events, got 2
 * ```
 */
export class UnknownVersion extends Wait {
  override readonly maxWaits = Number.POSITIVE_INFINITY;

  /**
   * @param what the name of the stored thing, without content
   * @param expected the version that is known
   * @param got its version; undefined if it has none
   */
  constructor(what: string, expected: number, got: unknown) {
    const came = got === undefined ? 'none' : String(got).slice(0, 20);
    super(`expected version ${expected} of ${what}, got ${came}`, MAX_SECONDS, 'unknown-version');
  }

  override seconds(): number {
    return MAX_SECONDS;
  }
}
