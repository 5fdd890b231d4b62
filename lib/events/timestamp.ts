const RFC_3339 =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[Tt ]((?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60))(\.\d{1,9})?\d*(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * Converts a platform's time to RFC 3339 in UTC, and keeps the fraction digits.
 *
 * @returns undefined if the text is no real time
 * @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 */
export function toUtc(value: unknown): string | undefined {
  const match = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (!match) return undefined;
  const [, date = '', time = '', digits = '', sign, hours, minutes] = match;
  if (!isDay(date)) return undefined;
  // A leap second counts as the end of the second before.
  const isLeap = time.endsWith(':60');
  const clock = isLeap ? `${time.slice(0, -2)}59` : time;
  const fraction = isLeap ? '.999999' : digits;
  if (!sign) return `${date}T${clock}${fraction}Z`;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  const utc = new Date(Date.parse(`${date}T${clock}Z`) - offset * 60_000).toISOString();
  // A year outside 0000-9999 is written with a sign and would not sort as a string.
  return utc.length === 24 ? `${utc.slice(0, 19)}${fraction}Z` : undefined;
}

/** Whether a month has the day. All have 28, and Date rolls 30 February over into March. */
const isDay = (date: string): boolean =>
  date.slice(8) <= '28' || new Date(date).getUTCDate() === Number(date.slice(8));

/** The same time with exactly six fraction digits, so that times compare as strings. */
export function microseconds(time: string): string {
  const fraction = time.slice(20, -1);
  return `${time.slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

/** The newest of several times in UTC, unchanged; undefined if there is none. */
export const newest = (times: readonly (string | undefined)[]): string | undefined =>
  times
    .filter((time) => time !== undefined)
    .reduce<string | undefined>(
      (latest, time) => (latest && microseconds(latest) >= microseconds(time) ? latest : time),
      undefined,
    );
