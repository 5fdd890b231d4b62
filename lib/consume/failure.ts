import type { Message } from './queue';

/**
 * A failed try of a message. It has nothing of the event's data.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks, memoryQueue } from 'labelrelay/testing';
 * import { createWorker, type Failure, handleMessage, inOrder } from 'labelrelay/worker';
 *
 * const failures: Failure[] = [];
 * const worker = createWorker(
 *   {
 *     'label.created': () => {
 *       throw new Error('no disk');
 *     },
 *   },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * const body = JSON.stringify(buildEvent('label.created', {}, { subject: 'label/1' }));
 * await handleMessage(worker, { body, receiveCount: 5 }, memoryQueue(), {
 *   onError: (_error, failure) => void failures.push(failure),
 * });
 * console.log(failures[0]?.subject, failures[0]?.outcome); // label/1 dead letter
 * console.log(failures[0]?.reason); // Error: no disk
 * ```
 */
export interface Failure extends EventName {
  /** The number of times that the message was received, this time included. */
  readonly attempt: number;
  /** The message comes again, goes to the dead letters, or waits as a copy. */
  readonly outcome: 'retry' | 'dead letter' | 'wait';
  /** The delay before the message comes again. Absent if it is not known, or if the message is a dead letter. */
  readonly seconds?: number;
  /** The name and the message of the error in one line, as the dead letter carries it. */
  readonly reason: string;
  /** The problem that kept a dead letter in its queue. Then SQS moves it at its next receive. */
  readonly problem?: string;
}

/** The event in a message. Each member is absent if the body has none. */
interface EventName {
  /** Such as `label.created`. */
  /** The topic of the event. */
  readonly topic?: string;
  /** The source of the event, with its slash. */
  readonly source?: string;
  /** The subject of the event. */
  readonly subject?: string;
  /** The id of the event. */
  readonly id?: string;
}

/** Names the event in a message, whatever else its body has. */
export function nameEvent({ body }: Message): EventName {
  const event = parse(body);
  const text = (name: string): string | undefined => {
    const value = event?.[name];
    return typeof value === 'string' ? value.slice(0, MAX_LENGTH) : undefined;
  };
  return {
    topic: /^labelrelay\.(.+)$/.exec(text('type') ?? '')?.[1],
    source: text('source'),
    subject: text('subject'),
    id: text('id'),
  };
}

/** Longer names are of no event of labelrelay. */
const MAX_LENGTH = 500;

function parse(body: string): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(body));
  } catch {
    return undefined;
  }
}
