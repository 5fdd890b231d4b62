import { BACKSLASH } from './characters';

/** The end of the last complete escape in a part of a JSON string. */
export function wholeEscapes(raw: string): number {
  for (let at = Math.max(0, raw.length - 6); at < raw.length; at++) {
    if (raw.charCodeAt(at) !== BACKSLASH) continue;
    // A backslash that is escaped itself begins no escape.
    let run = 1;
    while (raw.charCodeAt(at - run) === BACKSLASH) run++;
    if (run % 2 === 0) continue;
    const length = raw.charAt(at + 1) === 'u' ? 6 : 2;
    if (at + length > raw.length) return at;
  }
  return raw.length;
}
