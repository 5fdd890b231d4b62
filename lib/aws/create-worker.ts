import {
  createWorker as createBareWorker,
  type Handlers,
  type Worker,
  type WorkerOptions,
} from '../consume/create-worker';
import type { HandlerContext } from '../consume/guard';
import { s3Data } from './s3/s3-data';

/**
 * Makes a worker of a table of handlers. The worker validates each event, fetches its data if that is in S3, and asks the
 * guard whether the event takes effect.
 *
 * @param handlers a handler for each topic
 * @param options the guard; and the store of large data, if it is not the bucket in S3 that each event names
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
export const createWorker = <R, C extends HandlerContext = HandlerContext>(
  handlers: Handlers<R, C>,
  { guard, data = s3Data() }: WorkerOptions<R, C>,
): Worker => createBareWorker(handlers, { guard, data });
