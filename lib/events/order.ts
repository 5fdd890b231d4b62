import type { Sequence } from './sequence';

/** Longer ids stand in `data` alone, since they do not fit into a key. */
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

/** The subject of an event; undefined if an id on the path is unknown or too long. */
export const subjectOf = (path: readonly (string | undefined)[]): string | undefined =>
  path.some((segment) => !segment || segment.length > MAX_ID_LENGTH) ? undefined : path.join('/');
