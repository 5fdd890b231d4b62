import { randomUUID } from 'node:crypto';

/** What stands in a list or an object of a body whose items are not in memory: nobody outside can write it. */
const MARK = randomUUID();

/** The item that stands in such a list, the name in such an object. @param placeholder its number in the body */
export const toMark = (placeholder: number): string => `${MARK}:${placeholder}`;

/** Every mark in JSON text, also in JSON that is text itself, with what the quotes are escaped by. */
export const MARKS = new RegExp(`(\\\\?)"${MARK}:(\\d+)\\\\?"(?::0)?`);

/** The number in a mark. */
export const numberOf = (mark: unknown): number | undefined =>
  typeof mark === 'string' && mark.startsWith(MARK)
    ? Number(mark.slice(MARK.length + 1))
    : undefined;
