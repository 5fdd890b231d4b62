import { randomUUID } from 'node:crypto';

/** The text of all marks. It is random: nobody outside can write it. */
const MARK = randomUUID();

/** The mark of a placeholder: the only item of the list, or the only name in the object. @param placeholder its number */
export const toMark = (placeholder: number): string => `${MARK}:${placeholder}`;

/** Matches every mark in JSON text. In JSON that is itself text, it captures the escape of the quotes. */
export const MARKS = new RegExp(`(\\\\?)"${MARK}:(\\d+)\\\\?"(?::0)?`);

/** The number in a mark. */
export const numberOf = (mark: unknown): number | undefined =>
  typeof mark === 'string' && mark.startsWith(MARK)
    ? Number(mark.slice(MARK.length + 1))
    : undefined;
