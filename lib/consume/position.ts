import { type AnyEvent, isGone } from './event';

/**
 * The place of an event in the order of its subject's events: by `sequence`, then by `id`.
 *
 * @example
 * ```ts
 * import type { Position } from 'labelrelay/worker';
 *
 * const position: Position = { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' };
 * console.log(position.id); // a
 * ```
 */
export interface Position {
  readonly sequence: string;
  readonly id: string;
  /** It was recovered: then it is a duplicate of any other event with its `sequence`. */
  readonly recovered?: true;
}

/** What an event is ordered under, and where it stands there. */
export interface Place extends Position {
  /** `<source>/<subject>`, or `<source>#<id>` of an event that is alone. */
  readonly key: string;
  /** Nothing but the event itself is ever found under the key, or what it is about is gone. */
  readonly isLast: boolean;
}

/** Sorts before every time. */
const UNORDERED = '-';

/** An event that has no order is alone under its id. */
export function placeOf(event: AnyEvent): Place {
  const { source, subject, sequence, id, recovered } = event;
  if (subject === undefined || sequence === undefined) return placeAlone(event);
  return { key: `${source}/${subject}`, sequence, id, recovered, isLast: isGone(event) };
}

/** Every event is alone, whatever it is about. */
export const placeAlone = ({ source, id }: AnyEvent): Place => ({
  key: `${source}#${id}`,
  sequence: UNORDERED,
  id,
  isLast: true,
});

/** Of a value that is kept for each subject: what has no order comes before all that has. */
export function placeOfValue(event: AnyEvent): Place | undefined {
  const { source, subject, sequence = UNORDERED, id, recovered } = event;
  if (subject === undefined) return undefined;
  return { key: `${source}/${subject}`, sequence, id, recovered, isLast: isGone(event) };
}

/** By `sequence`, then `id`, as strings. @returns less than, equal to or greater than 0 */
export const compare = (one: Position, other: Position): number =>
  order(one.sequence, other.sequence) || order(one.id, other.id);

/**
 * The same, of a position and that of an event which took effect. The id of a recovered event sorts
 * behind all others, so that what the platform sent of the same `sequence` is stale after it.
 *
 * @returns 0 for a duplicate
 */
export const compareToMark = (position: Position, mark: Position): number =>
  position.recovered && position.sequence === mark.sequence ? 0 : compare(position, mark);

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
