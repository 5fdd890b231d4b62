import type { Topic } from '../events/topics';
import { decodeEvent, expectData } from './decode-event';
import { type AnyEvent, type EventOf, topicOf } from './event';
import { fetchData } from './fetch-data';
import type { Guard, HandlerContext, Verdict } from './guard';
import { Poison } from './poison';
import type { DataStore } from './ports';

/**
 * A handler for each topic that a worker knows. If a handler returns, its message is deleted. If it throws, the message
 * is received again.
 *
 * @typeParam R the type that handlers return
 * @typeParam C the second argument of handlers, which the guard makes
 *
 * @example
 * ```ts
 * import type { Handlers } from 'labelrelay/worker';
 *
 * const handlers: Handlers<void> = {
 *   'label.created': ({ data }) => console.log(data.labels?.length),
 *   'task.created': ({ data }) => console.log(data.task?.id),
 * };
 * console.log(Object.keys(handlers).length); // 2
 * ```
 */
export type Handlers<R, C extends HandlerContext = HandlerContext> = {
  readonly [T in Topic]?: (event: EventOf<T>, context: C) => R | Promise<R>;
};

/**
 * The options of `createWorker`.
 *
 * @example
 * ```ts
 * import { memoryData, memoryMarks } from 'labelrelay/testing';
 * import { inOrder, type WorkerOptions } from 'labelrelay/worker';
 *
 * const options: WorkerOptions<void> = { guard: inOrder(memoryMarks()), data: memoryData() };
 * console.log(options.data?.bucket); // bucket
 * ```
 */
export interface WorkerOptions<R, C extends HandlerContext = HandlerContext> {
  /** Decides whether an event takes effect, and when: `inOrder` or `keepNewest`. */
  readonly guard: Guard<R, C>;
  /** The store of the data of large events: by default the bucket in S3 that the event names. */
  readonly data?: DataStore;
}

/**
 * Handles the body of one message.
 *
 * @throws Poison if the message can never be handled; RetryLater, or the handler's error, if the message must be received
 *   again
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder, type Worker } from 'labelrelay/worker';
 *
 * const worker: Worker = createWorker(
 *   { 'label.created': () => {} },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * console.log(await worker(JSON.stringify(buildEvent('label.created')))); // done
 * ```
 */
export type Worker = (body: string) => Promise<Verdict>;

/**
 * Makes a worker that has no store of large data unless it is given one: then a large event is a dead letter.
 */
export const createWorker =
  <R, C extends HandlerContext = HandlerContext>(
    handlers: Handlers<R, C>,
    { guard, data }: WorkerOptions<R, C>,
  ): Worker =>
  async (body) => {
    const travelling = decodeEvent(body);
    const topic = topicOf(travelling);
    const handler = handlers[topic] as ((event: AnyEvent, context: C) => R) | undefined;
    if (!handler) throw new Poison(`expected a topic with a handler, got ${topic}`);

    const { dataref } = travelling;
    if (dataref !== undefined && !data) {
      throw new Poison('expected a worker that knows where large data is, got none');
    }
    const found =
      dataref !== undefined && data ? await fetchData(travelling, data) : travelling.data;
    const event = expectData(travelling, found);
    return await guard(event, async (context) => await handler(event, context));
  };
