import { lifeOf } from '../events/sequence';
import { type AnyEvent, isGone } from './event';
import type { Guard } from './guard';
import type { Marks } from './marks';
import type { Position } from './position';
import { Wait } from './wait';

export interface HoldBackOptions<R> {
  readonly guard: Guard<R>;
  /** The subject that must have come before an event, such as a review's label: undefined for none. */
  readonly subjectBefore: (event: AnyEvent) => string | undefined;
  /** After that the event goes on without it, in milliseconds since it was received: 900,000. */
  readonly atMostMs?: number;
  readonly now?: () => number;
}

/** An event waits until something it is about has taken effect, under the same marks, or too long. */
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

/** What it waits for is gone, and its id is given again: an event that was created later waits for that. */
const isOfLaterLife = ({ sequence }: AnyEvent, before: Position): boolean =>
  isGone(before) && (lifeOf(sequence) ?? '') > (lifeOf(before.sequence) ?? before.sequence);
