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
  /** The `sequence` of the event. */
  readonly sequence: string;
  /** The `id` of the event. */
  readonly id: string;
  /** Whether the event was recovered. Then it duplicates any other event with its `sequence`. */
  readonly recovered?: true;
}

/** The key under which an event is ordered, and its position there. */
export interface Place extends Position {
  /** `<source>/<subject>`, or `<source>#<id>` for an event without order. */
  readonly key: string;
  /** Whether the mark may expire: the subject is gone, or no other event has the key. */
  readonly isLast: boolean;
}

/** Sorts before every time. */
const UNORDERED = '-';

/** The place of an event. An event without order has a key of its own. */
export function placeOf(event: AnyEvent): Place {
  const { source, subject, sequence, id, recovered } = event;
  if (subject === undefined || sequence === undefined) return placeAlone(event);
  return { key: `${source}/${subject}`, sequence, id, recovered, isLast: isGone(event) };
}

/** A key of its own for every event. */
export const placeAlone = ({ source, id }: AnyEvent): Place => ({
  key: `${source}#${id}`,
  sequence: UNORDERED,
  id,
  isLast: true,
});

/** The place of a value that is stored for each subject. An event without order sorts before all others. */
export function placeOfValue(event: AnyEvent): Place | undefined {
  const { source, subject, sequence = UNORDERED, id, recovered } = event;
  if (subject === undefined) return undefined;
  return { key: `${source}/${subject}`, sequence, id, recovered, isLast: isGone(event) };
}

/**
 * Compares by `sequence`, then by `id`, as strings.
 *
 * @returns less than, equal to or greater than 0
 */
export const compare = (one: Position, other: Position): number =>
  order(one.sequence, other.sequence) || order(one.id, other.id);

/**
 * Compares a position with that of an event that took effect. The id of a recovered event sorts after all
 * others, so a platform's own event with the same `sequence` is stale after it.
 *
 * @returns 0 for a duplicate
 */
export const compareToMark = (position: Position, mark: Position): number =>
  position.recovered && position.sequence === mark.sequence ? 0 : compare(position, mark);

const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
