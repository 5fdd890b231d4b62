import type { AnyEvent } from './event';

/** What became of an event. */
export type Verdict = 'done' | 'stale' | 'duplicate';

/** What a handler is given beside the event. */
export interface HandlerContext {
  /** Comes when the event must not take effect any more: another worker has taken over. */
  readonly signal: AbortSignal;
}

/**
 * Decides whether an event takes effect, and when.
 *
 * @typeParam R what handlers return
 * @throws RetryLater when that cannot be decided now, and what the handler throws
 */
export type Guard<R> = (
  event: AnyEvent,
  handle: (context: HandlerContext) => Promise<R>,
) => Promise<Verdict>;
