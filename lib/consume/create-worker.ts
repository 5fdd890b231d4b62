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
export type Handlers<R> = {
  readonly [T in Topic]?: (event: EventOf<T>, context: HandlerContext) => R | Promise<R>;
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
export interface WorkerOptions<R> {
  /** Decides whether an event takes effect, and when: `inOrder` or `keepNewest`. */
  readonly guard: Guard<R>;
  /** The store of the data of large events. Without it, a large event is a dead letter. */
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
 * Makes a worker of a table of handlers. The worker validates each event, fetches its data if that is in S3, and asks the
 * guard whether the event takes effect.
 *
 * @param handlers a handler for each topic
 * @param options the guard, and the store of large data
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder } from 'labelrelay/worker';
 *
 * const worker = createWorker(
 *   { 'label.created': ({ subject }) => console.log(subject) },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * const body = JSON.stringify(buildEvent('label.created', {}, { subject: 'label/1' }));
 * console.log(await worker(body)); // label/1 done
 * console.log(await worker(body)); // duplicate
 * ```
 */
export const createWorker =
  <R>(handlers: Handlers<R>, { guard, data }: WorkerOptions<R>): Worker =>
  async (body) => {
    const travelling = decodeEvent(body);
    const topic = topicOf(travelling);
    const handler = handlers[topic] as
      | ((event: AnyEvent, context: HandlerContext) => R)
      | undefined;
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
