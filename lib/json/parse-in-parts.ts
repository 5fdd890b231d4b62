import { randomUUID } from 'node:crypto';
import { parseJson } from './decode';
import { isTooDeep } from './nesting';
import { isObject, type JsonObject } from './read';

/** The length of a part, in characters. */
const PART = 65_536;
/** The number of places at which a part may end. */
const TRIES = 4;
const MARK = randomUUID();

/**
 * Parses a JSON object whose list is most of its text, a part of the list at a time. The items of a part can be garbage before
 * the next part is parsed.
 *
 * A part ends where an item seems to end. It does end there if the part is JSON by itself.
 *
 * @param name the member with the list of objects
 * @param take gets the items of each part but the last, in order
 * @returns the object, whose list has the items of the last part; undefined if the text is no such object, or nests too deeply.
 *   Then the items that were taken mean nothing
 */
export function parseInParts(
  json: string,
  name: string,
  take: (items: unknown[]) => void,
): JsonObject | undefined {
  const opening = `"${name}":[`;
  const found = json.indexOf(opening);
  if (found < 0) return undefined;
  const begin = found + opening.length;
  const between = betweenItems(json, begin);
  if (!between) return undefined;
  let at = begin;
  for (;;) {
    const part = nextPart(json, at, between);
    if (!part) break;
    if (isTooDeep({ [name]: part.items })) return undefined;
    take(part.items);
    at = part.end + 1;
  }
  const rest = parseJson(`${json.slice(0, begin)}"${MARK}",${json.slice(at)}`);
  const last = isObject(rest) ? rest[name] : undefined;
  // Otherwise the list is that of another member, or a text.
  if (!isObject(rest) || !Array.isArray(last) || last.shift() !== MARK) return undefined;
  return rest;
}

/** The text between two items, whose first member has the same name: `},{"id":`. */
function betweenItems(json: string, begin: number): string | undefined {
  const [first] = /^\{"\w{1,100}":/.exec(json.slice(begin, begin + 128)) ?? [];
  return first && `},${first}`;
}

/** @returns the items of a part, and the index of the comma behind it; undefined if the rest is short, or ends the list */
function nextPart(
  json: string,
  begin: number,
  between: string,
): { readonly items: unknown[]; readonly end: number } | undefined {
  let from = begin + PART;
  for (let tries = 0; tries < TRIES; tries++) {
    const end = json.indexOf(between, from) + 1;
    if (end === 0) return undefined;
    const items = parseJson(`[${json.slice(begin, end)}]`);
    if (Array.isArray(items)) return { items, end };
    from = end;
  }
  return undefined;
}
