import type { AnyEvent } from './event';
import type { Guard } from './guard';
import type { Marks } from './marks';
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
    marks: Pick<Marks, 'has'>,
    { guard, subjectBefore, atMostMs = 900_000, now = Date.now }: HoldBackOptions<R>,
  ): Guard<R> =>
  async (event, handle) => {
    const subject = subjectBefore(event);
    const left = Date.parse(event.recordedtime) + atMostMs - now();
    if (subject !== undefined && left > 0 && !(await marks.has(`${event.source}/${subject}`))) {
      const message = `expected ${subject} before ${event.type} ${event.id}, got none`;
      throw new Wait(message, Math.ceil(left / 1_000));
    }
    return await guard(event, handle);
  };
