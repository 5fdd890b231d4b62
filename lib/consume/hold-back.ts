import { lifeOf } from '../events/sequence';
import { type AnyEvent, isGone } from './event';
import type { Guard } from './guard';
import type { Marks } from './marks';
import type { Position } from './position';
import { Wait } from './wait';

/**
 * The options of `holdBack`.
 *
 * @typeParam R the type that handlers return
 *
 * @example
 * ```ts
 * import { memoryMarks } from 'labelrelay/testing';
 * import { type HoldBackOptions, inOrder } from 'labelrelay/worker';
 *
 * const options: HoldBackOptions<void> = {
 *   guard: inOrder(memoryMarks()),
 *   subjectBefore: ({ type }) => (type === 'labelrelay.review.created' ? 'label/1' : undefined),
 *   atMostMs: 60_000,
 * };
 * console.log(options.atMostMs); // 60000
 * ```
 */
export interface HoldBackOptions<R> {
  /** The guard of the events that need not wait any more. */
  readonly guard: Guard<R>;
  /**
   * The subject that must have taken effect before the event, such as the label of a review. Undefined if
   * there is none.
   */
  readonly subjectBefore: (event: AnyEvent) => string | undefined;
  /**
   * The longest wait, in milliseconds since the event was received: 900,000 by default. Then the event goes on
   * alone.
   */
  readonly atMostMs?: number;
  /** The current time in milliseconds since 1970, for tests. */
  readonly now?: () => number;
}

/**
 * Lets an event wait until the event that it depends on has taken effect under the same marks, or until `atMostMs` have
 * passed. The wait costs none of the message's tries.
 *
 * @throws Wait while the other event has not taken effect
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, holdBack, inOrder } from 'labelrelay/worker';
 *
 * const marks = memoryMarks();
 * const guard = holdBack(marks, {
 *   guard: inOrder(marks),
 *   subjectBefore: ({ type }) => (type === 'labelrelay.review.created' ? 'label/1' : undefined),
 * });
 * const worker = createWorker({ 'label.created': () => {}, 'review.created': () => {} }, { guard });
 *
 * const recordedtime = new Date().toISOString();
 * const review = JSON.stringify(buildEvent('review.created', {}, { recordedtime }));
 * console.log(await worker(review).catch(({ code }) => code)); // wait
 * const sequence = '2026-01-01T00:00:00.000000Z-0';
 * await worker(JSON.stringify(buildEvent('label.created', {}, { subject: 'label/1', sequence })));
 * console.log(await worker(review)); // done
 * ```
 */
export const holdBack =
  <R>(
    marks: Pick<Marks, 'newest'>,
    { guard, subjectBefore, atMostMs = 900_000, now = Date.now }: HoldBackOptions<R>,
  ): Guard<R> =>
  async (event, handle) => {
    const subject = subjectBefore(event);
    const left = Date.parse(event.recordedtime) + atMostMs - now();
    if (subject !== undefined && left > 0) {
      const before = await marks.newest(`${event.source}/${subject}`);
      if (before && !isOfLaterLife(event, before)) return await guard(event, handle);
      const message = `expected ${subject} before ${event.type} ${event.id}, got none`;
      throw new Wait(message, Math.ceil(left / 1_000));
    }
    return await guard(event, handle);
  };

/**
 * Whether the platform reused the id of a deleted subject. An event that was created later waits for the new
 * one.
 */
const isOfLaterLife = ({ sequence }: AnyEvent, before: Position): boolean =>
  isGone(before) && (lifeOf(sequence) ?? '') > (lifeOf(before.sequence) ?? before.sequence);
