/** Among versions of one entity with the same time: created, then updated, then deleted. */
export const RANK = { created: 0, updated: 1, deleted: 2 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/** A deletion that carries no time is final: nothing sorts after it. */
const FINAL = '9999-12-31T23:59:59.999999Z';

/**
 * The attribute that orders the events of one `source` and `subject` by plain string comparison.
 *
 * @param time RFC 3339 in UTC, as `toUtc` gives it: the time of the entity's version
 * @returns `YYYY-MM-DDTHH:mm:ss.SSSSSSZ-<rank>`, or undefined where no order is known
 */
export function sequence(time: string | undefined, rank: Rank): string | undefined {
  if (time) return `${microseconds(time)}-${rank}`;
  return rank === RANK.deleted ? `${FINAL}-${rank}` : undefined;
}

/** The same moment with exactly six fraction digits, so that moments compare as strings. */
export function microseconds(time: string): string {
  const fraction = time.slice(20, -1);
  return `${time.slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}
