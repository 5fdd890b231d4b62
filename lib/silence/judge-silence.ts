const HOUR_MS = 3_600_000;
const DAYS = 28;

/** How far back the habits of a source are read, in milliseconds: four weeks. */
export const HABIT_MS = DAYS * 24 * HOUR_MS;

/** A source that was heard on fewer days has no habits yet. */
const LEAST_DAYS = 3;

/** The limit without a setting, in hours: so many times the longest gap, within these bounds. */
const TIMES = 3;
const LEAST_HOURS = 1;
const MOST_HOURS = 48;

export interface Silence {
  /** When the source was last heard, in milliseconds since 1970; undefined if not in four weeks. */
  readonly lastHeard?: number;
  /** How long it has been silent, without the hours that do not count. */
  readonly hours: number;
  /** How long it may be silent; undefined if it has no habits yet, or the alarm is off. */
  readonly limitHours?: number;
  readonly isSilent: boolean;
}

/**
 * Whether a source that usually sends has stopped.
 *
 * Only hours of the week in which the source sent at least once in four weeks count. So nights and weekends neither
 * lengthen a silence nor a gap. The limit is three times the longest gap between two deliveries of these weeks, but at
 * least one hour, and at most 48.
 *
 * @param heard when deliveries came, in milliseconds since 1970, in order
 * @param fixedHours a limit in place of the computed one; 0 for none
 */
export function judgeSilence(heard: readonly number[], now: number, fixedHours?: number): Silence {
  const known = heard.filter((time) => time > now - HABIT_MS && time <= now);
  const lastHeard = known.at(-1);
  if (lastHeard === undefined) return { hours: 0, isSilent: false };
  const counted = countedHours(new Set(known.map(hourOfWeek)));
  const hours = counted(lastHeard, now);
  const days = new Set(known.map((time) => Math.floor(time / (24 * HOUR_MS))));
  if (days.size < LEAST_DAYS || fixedHours === 0) return { lastHeard, hours, isSilent: false };
  const limitHours = fixedHours ?? limitOf(known, counted);
  return { lastHeard, hours, limitHours, isSilent: hours >= limitHours };
}

type Counted = (from: number, to: number) => number;

function limitOf(heard: readonly number[], counted: Counted): number {
  const gaps = heard.slice(1).map((time, index) => counted(heard[index] ?? time, time));
  const longest = gaps.reduce((most, gap) => Math.max(most, gap), 0);
  return Math.min(MOST_HOURS, Math.max(LEAST_HOURS, TIMES * longest));
}

/** The hours between two moments that are in some hours of the week. */
const countedHours =
  (counting: ReadonlySet<number>): Counted =>
  (from, to) => {
    let sum = 0;
    for (let start = from; start < to; ) {
      const end = Math.min(to, (Math.floor(start / HOUR_MS) + 1) * HOUR_MS);
      if (counting.has(hourOfWeek(start))) sum += end - start;
      start = end;
    }
    return sum / HOUR_MS;
  };

const hourOfWeek = (time: number): number => Math.floor(time / HOUR_MS) % (7 * 24);
