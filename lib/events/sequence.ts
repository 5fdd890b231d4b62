import { microseconds, newest } from './timestamp';

/** The order of versions of one entity with the same time: created, updated, deleted. */
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

/** The time of a deletion without a time: nothing sorts after it. */
export const FINAL = '9999-12-31T23:59:59.999999Z';
/** The time of a snapshot without content: nothing sorts before it. */
const FIRST = '0001-01-01T00:00:00Z';

const version = (time: string, rank: Rank): string => `${microseconds(time)}-${rank}`;

/**
 * The sequence for a platform that never uses an id again. A platform that sends events of labels, and deletes labels with
 * their task or project without an event of each, needs `byLife` all the same.
 *
 * @param time the time of this version of the entity
 * @returns `<time>-<rank>`, such as `2026-01-01T00:00:00.000000Z-1`
 */
export function byVersion(time: string | undefined, rank: Rank): Sequence {
  if (!time && rank === RANK.deleted) return () => version(FINAL, rank);
  return () => time && version(time, rank);
}

/**
 * The sequence for a platform that uses ids again after deletions, and does not send the time of a deletion. Each use of an
 * id is a life: it begins when the entity is created, goes on if the entity moves to another project, and ends with its
 * deletion. A deletion is newer than everything that was created or received before it.
 *
 * @param createdAt the creation time of the entity. If the receipt is earlier, the platform's clock is ahead,
 *   and the receipt counts
 * @returns `<life>/<time>-<rank>`, in which the life is its beginning, and of a deletion the receipt
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

/** The creation or the receipt of an entity, whichever is earlier, with six fraction digits. */
export const toLife = (createdAt: string, received: string): string =>
  [createdAt, received].map(microseconds).sort()[0] as string;

/** The times of a snapshot. */
export interface Snapshot {
  /** The last activity by the platform's clock, which may be rounded up to a second. */
  readonly activity: string | undefined;
  /** The newest time of anything in the snapshot. */
  readonly content: string | undefined;
  /** Whether a deletion caused the snapshot. Its content then has no time of the deletion. */
  readonly isDeletion: boolean;
}

/**
 * The sequence of a snapshot. If two have the same activity, the one with the newer content is newer. A
 * snapshot that a deletion caused is newer than the one before the deletion.
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

/** The `<life>` of a sequence of `byLife`; undefined for any other sequence. */
export const lifeOf = (sequence: string | undefined): string | undefined =>
  sequence?.includes('/') ? sequence.slice(0, sequence.indexOf('/')) : undefined;
