import type { Sequence } from './sequence';

/** Longer ids are kept in `data` alone: they would not fit where subjects are keys. */
const MAX_ID_LENGTH = 256;

/**
 * The `subject` and `sequence` of an event about one thing.
 *
 * @param path the subject's segments; an id that is unknown or too long leaves the event unordered
 */
export function order(
  path: readonly (string | undefined)[],
  sequence: Sequence,
): { subject?: string; sequence?: Sequence } {
  const subject = subjectOf(path);
  return subject === undefined ? {} : { subject, sequence };
}

/** What an event is about: undefined when an id on the path is unknown or too long. */
export const subjectOf = (path: readonly (string | undefined)[]): string | undefined =>
  path.some((segment) => !segment || segment.length > MAX_ID_LENGTH) ? undefined : path.join('/');
