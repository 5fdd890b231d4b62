import { randomUUID } from 'node:crypto';
import { parseJson } from './decode';
import { isObject, type JsonObject } from './read';

/**
 * An object with a text that was received, and is sent on. The text is copied with its escapes: to write them again takes as
 * long as to parse the whole object.
 */
export class EncodedObject {
  /** @param parts JSON, if joined */
  constructor(readonly parts: readonly string[]) {}

  toJSON(): JsonObject {
    return JSON.parse(this.parts.join(''));
  }
}

const MARK = randomUUID();

/** A text of an object as it was received: the name of the member, and JSON. */
interface Received {
  readonly name: string;
  readonly json: string;
}

/** A hidden member: a changed copy of the object does not have it. */
const RECEIVED = Symbol('received');

/** The object with the text as `parseAround` found it, or else the object itself. */
export function asReceived(
  object: JsonObject & { readonly [RECEIVED]?: Received },
): JsonObject | EncodedObject {
  const received = object[RECEIVED];
  if (!received) return object;
  const marked = JSON.stringify({ ...object, [received.name]: MARK });
  const [before, behind] = marked.split(`"${MARK}"`) as [string, string];
  return new EncodedObject([before, received.json, behind]);
}

/**
 * Parses JSON. If it is an object with a text that is an object's JSON itself, the two are parsed apart, and `asReceived` knows
 * how the text is written.
 *
 * @param name the member with the text
 * @returns undefined if it is no JSON
 */
export function parseAround(json: string, name: string): unknown {
  const opening = `"${name}":`;
  const at = json.indexOf(`${opening}"`);
  if (at < 0) return parseJson(json);
  const begin = at + opening.length;
  // No quote in the text follows a brace without a backslash.
  const end = json.lastIndexOf('}"') + 2;
  const written = json.slice(begin, end);
  const text = parseJson(written);
  if (typeof text !== 'string') return parseJson(json);
  const rest = parseJson(`${json.slice(0, begin)}"${MARK}"${json.slice(end)}`);
  // Otherwise the text is of another member, or ends elsewhere.
  if (!isObject(rest) || rest[name] !== MARK) return parseJson(json);
  const object = Object.assign(rest, { [name]: text });
  const value: Received = { name, json: written };
  return Object.defineProperty(object, RECEIVED, { value, enumerable: false });
}
