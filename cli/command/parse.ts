import { InvalidArgumentError } from '@commander-js/extra-typings';
import { parseDuration } from '../../lib/config/duration';

/** A whole number from 1. */
export function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}

/** A port, or 0 for a free one. */
export function port(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}

/** `50/s` or `50`: a number a second. */
export const rateUpTo =
  (most: number) =>
  (text: string): number => {
    const value = Number(text.replace(/\/s$/, ''));
    if (value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`Expected a rate such as 50/s, at most ${most}/s.`);
  };

export const rate = rateUpTo(10_000);

/** `20%` as 0.2. */
export function share(text: string): number {
  const [, percent] = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text) ?? [];
  const value = Number(percent) / 100;
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a share such as 20%.');
}

/** `0.2`, from 0 to 1. */
export function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('Expected a number from 0 to 1, such as 0.2.');
}

/** `90s`, `15m`, `2h` or `7d` in milliseconds. */
export function duration(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidArgumentError('Expected a duration such as 90s, 15m, 2h or 7d.');
}

/** A moment, or its distance from now: `2026-01-31`, `2026-01-31T12:00:00Z`, `2h`. */
export function moment(text: string): Date {
  const ago = parseDuration(text);
  // Platforms know no time before 1970.
  if (ago !== undefined) return new Date(Math.max(0, Date.now() - ago));
  const date = new Date(
    /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? text : Number.NaN,
  );
  // Date would take 2026-02-31 as a day in March.
  const isDay =
    date.getTime() > 0 && new Date(text.slice(0, 10)).toISOString().startsWith(text.slice(0, 10));
  if (isDay) return date;
  throw new InvalidArgumentError(
    'Expected a moment such as 2026-01-31, 2026-01-31T12:00:00Z, or how long ago: 2h.',
  );
}

/** Collects the values of an option that may be repeated. */
export const collect = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
];

/** `a,b` as a list. */
export function list(text: string): readonly string[] {
  const names = text.split(',').map((part) => part.trim());
  if (names.every(Boolean)) return names;
  throw new InvalidArgumentError('Expected names, separated by commas.');
}

/** A URL, without a slash at its end. */
export function url(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Expected a URL such as https://hooks.example.com.');
}
