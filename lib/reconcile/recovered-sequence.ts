import { FINAL, lifeOf } from '../events/sequence';

/** A sequence in its parts: `<life or activity>/<time>-<rank>`, or `<time>-<rank>`. */
interface Parts {
  readonly before?: string;
  readonly time: string;
  readonly rank: string;
}

function partsOf(sequence: string): Parts {
  const before = lifeOf(sequence);
  const version = before === undefined ? sequence : sequence.slice(before.length + 1);
  return { before, time: version.slice(0, -2), rank: version.slice(-1) };
}

const join = ({ before, time, rank }: Parts): string =>
  `${before === undefined ? '' : `${before}/`}${time}-${rank}`;

/** The first microsecond of the year 10000, whose notation in ISO 8601 would sort before all others. */
const YEAR_10000 = 253_402_300_800_000_000n;

/**
 * The time one microsecond later, with six fraction digits. It sorts after the given one, also after the greatest: midnight
 * at the end of a day has a notation of that day, `9999-12-31T24:00:00.000000Z`.
 */
export function oneLater(time: string): string {
  const microseconds =
    BigInt(Date.parse(`${time.slice(0, 19)}Z`)) * 1_000n + BigInt(time.slice(20, 26)) + 1n;
  const seconds =
    microseconds < YEAR_10000
      ? new Date(Number(microseconds / 1_000_000n) * 1_000).toISOString().slice(0, 19)
      : '9999-12-31T24:00:00';
  return `${seconds}.${String(microseconds % 1_000_000n).padStart(6, '0')}Z`;
}

/**
 * The sequence of something that is there: as its webhook would have it, or one microsecond after what the store has.
 *
 * @param listed the sequence of its webhook
 * @param stored the sequence in the store, if there is one
 * @param until the end of the newest task or project that took it along
 */
export function sequenceOver(listed: string, stored?: string, until?: string): string {
  const sequence = stored === undefined || listed > stored ? listed : justOver(stored, listed);
  const parts = partsOf(sequence);
  if (until === undefined || parts.before === undefined || parts.before > until) return sequence;
  return join({ ...parts, before: oneLater(until) });
}

function justOver(stored: string, listed: string): string {
  const [last, now] = [partsOf(stored), partsOf(listed)];
  // The store has the end of a life: this is a later one.
  if (last.rank === '2' && last.before !== undefined) {
    return join({ ...now, before: oneLater(last.before) });
  }
  // A deletion of Labelbox v1 names no life. The thing exists after all, so the rank is not that of a deletion.
  return join({
    ...last,
    time: oneLater(last.time),
    rank: last.rank === '2' ? now.rank : last.rank,
  });
}

/** The sequence of a deletion that ends the stored state, and nothing later. */
export function endOf(stored: string): string {
  const { before, time } = partsOf(stored);
  return before === undefined ? `${time}-2` : endOfLife(before);
}

/** @param life the last life that ends */
export const endOfLife = (life: string): string => `${life}/${FINAL}-2`;

/** The sequence of a snapshot without some labels: just after what the store has. @param listed of the row, if it is there */
export function snapshotOver(stored: string, listed?: string): string {
  const { before = '', time, rank } = partsOf(stored);
  const activity = listed === undefined ? undefined : partsOf(listed).before;
  return join({
    before: activity !== undefined && activity > before ? activity : before,
    time: oneLater(time),
    rank,
  });
}
