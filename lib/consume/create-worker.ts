import type { Topic } from '../events/topics';
import { decodeEvent, expectData } from './decode-event';
import { type AnyEvent, type EventOf, topicOf } from './event';
import { fetchData } from './fetch-data';
import type { Guard, HandlerContext, Verdict } from './guard';
import { Poison } from './poison';
import type { DataStore } from './ports';

/** A function for each topic that a worker knows. Returning acknowledges, throwing tries again. */
export type Handlers<R> = {
  readonly [T in Topic]?: (event: EventOf<T>, context: HandlerContext) => R | Promise<R>;
};

export interface WorkerOptions<R> {
  /** Whether an event takes effect, and when: `inOrder` or `keepNewest`. */
  readonly guard: Guard<R>;
  /** Where the data of large events is. */
  readonly data?: DataStore;
}

/**
 * Handles the body of one message.
 *
 * @throws Poison for what will never be handled; RetryLater, or whatever a handler throws, for what
 *   is to come again
 */
export type Worker = (body: string) => Promise<Verdict>;

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
