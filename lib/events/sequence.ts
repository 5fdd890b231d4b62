import { microseconds, newest } from './timestamp';

/** Among versions of one entity with the same time: created, then updated, then deleted. */
export const RANK = { created: 0, updated: 1, deleted: 2 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/**
 * The attribute that orders the events of one `source` and `subject` by plain string comparison.
 * Times are RFC 3339 in UTC, as `toUtc` gives them.
 *
 * @param received when the delivery was received
 * @returns undefined where no order is known
 */
export type Sequence = (received: string) => string | undefined;

/** A deletion that carries no time is final: nothing sorts after it. */
const FINAL = '9999-12-31T23:59:59.999999Z';
/** A whole without parts is as old as can be: nothing sorts before it. */
const FIRST = '0001-01-01T00:00:00Z';

const version = (time: string, rank: Rank): string => `${microseconds(time)}-${rank}`;

/**
 * For a platform that never gives an id again.
 *
 * @param time the time of the entity's version
 * @returns `<time>-<rank>`, such as `2026-01-01T00:00:00.000000Z-1`
 */
export function byVersion(time: string | undefined, rank: Rank): Sequence {
  if (!time && rank === RANK.deleted) return () => version(FINAL, rank);
  return () => time && version(time, rank);
}

/**
 * For a platform that gives an id again after a deletion, and does not tell when it deleted: a
 * deletion is newer than everything that was created or received before it.
 *
 * @param createdAt when the entity was created; the receipt counts where it is earlier, because then
 *   the platform's clock is ahead
 * @returns `<life>/<time>-<rank>`
 */
export function byLife(
  createdAt: string | undefined,
  time: string | undefined,
  rank: Rank,
): Sequence {
  if (rank === RANK.deleted) {
    return (received) => `${microseconds(received)}/${version(FINAL, rank)}`;
  }
  return (received) => createdAt && time && `${toLife(createdAt, received)}/${version(time, rank)}`;
}

/** When an entity was created, or received where that is earlier, with six fraction digits. */
export const toLife = (createdAt: string, received: string): string =>
  [createdAt, received].map(microseconds).sort()[0] as string;

/** When the parts of a whole changed that is sent as a snapshot. */
export interface Snapshot {
  /** The last activity that the platform tells of, which may be rounded up to a second. */
  readonly activity: string | undefined;
  /** The newest time of anything in the snapshot. */
  readonly content: string | undefined;
  /** Whether it was sent because a part was deleted: no part tells when. */
  readonly isDeletion: boolean;
}

/**
 * Of two snapshots with the same activity the one with the newer content is newer, and one that was
 * sent because of a deletion is newer than what it deleted from.
 *
 * @returns `<activity>/<time>-1`
 */
export const bySnapshot =
  ({ activity, content, isDeletion }: Snapshot): Sequence =>
  (received) => {
    const time = isDeletion ? newest([content, received]) : content;
    const last = activity ? newest([activity, content]) : time;
    return last && `${microseconds(last)}/${version(time ?? FIRST, RANK.updated)}`;
  };

/** The life that a sequence of `byLife` begins with; undefined for other forms and for none. */
export const lifeOf = (sequence: string | undefined): string | undefined =>
  sequence?.includes('/') ? sequence.slice(0, sequence.indexOf('/')) : undefined;
