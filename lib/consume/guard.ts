import type { AnyEvent } from './event';

/**
 * The outcome for an event: it took effect, it was older than one that took effect, or it had taken effect before.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder, type Verdict } from 'labelrelay/worker';
 *
 * const worker = createWorker({ 'label.created': () => {} }, { guard: inOrder(memoryMarks()) });
 * const verdict: Verdict = await worker(JSON.stringify(buildEvent('label.created')));
 * console.log(verdict); // done
 * ```
 */
export type Verdict = 'done' | 'stale' | 'duplicate';

/**
 * The second argument of a handler.
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, type HandlerContext, inOrder } from 'labelrelay/worker';
 *
 * const work = async (_: unknown, { signal }: HandlerContext) => {
 *   signal.throwIfAborted();
 *   console.log('working');
 * };
 * const worker = createWorker({ 'label.created': work }, { guard: inOrder(memoryMarks()) });
 * console.log(await worker(JSON.stringify(buildEvent('label.created')))); // working done
 * ```
 */
export interface HandlerContext {
  /** Aborts when the event must not take effect any more, because another worker has the lease. */
  readonly signal: AbortSignal;
}

/**
 * Decides whether an event takes effect, and when.
 *
 * @typeParam R the type that handlers return
 * @typeParam C the second argument of handlers
 * @throws RetryLater if the guard cannot decide now, and any error of the handler
 *
 * @example
 * ```ts
 * import { buildEvent } from 'labelrelay/testing';
 * import { createWorker, type Guard } from 'labelrelay/worker';
 *
 * // A guard without memory: every event takes effect.
 * const always: Guard<void> = async (_event, handle) => {
 *   await handle({ signal: new AbortController().signal });
 *   return 'done';
 * };
 * const worker = createWorker({ 'label.created': () => {} }, { guard: always });
 * console.log(await worker(JSON.stringify(buildEvent('label.created')))); // done
 * ```
 */
export type Guard<R, C extends HandlerContext = HandlerContext> = (
  event: AnyEvent,
  handle: (context: C) => Promise<R>,
) => Promise<Verdict>;
