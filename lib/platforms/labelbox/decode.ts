import { decodeUtf8, expectObject, parseJson } from '../../json/decode';
import { parseAround } from '../../json/encoded-object';
import type { JsonObject } from '../../json/read';

const JSON_TYPE = /^(?:application\/json|[^\s;/]+\/[^\s;/]+\+json)\s*(?:;|$)/i;

/** Labelbox sends `application/json`. Any JSON type is accepted, and a missing one too. */
export const acceptsContentType = (contentType: string | undefined): boolean =>
  contentType === undefined || JSON_TYPE.test(contentType.trim());

/**
 * A body is one object. The framing of v2 bodies is not documented, so a list of objects and NDJSON, the two forms of
 * Labelbox's exports, are read too.
 */
export function decode(body: Uint8Array | string): JsonObject[] {
  const text = decodeUtf8(body);
  const whole = parseAround(text, 'label');
  if (Array.isArray(whole) && whole.length > 0) {
    return whole.map((item, index) => expectObject(item, `item ${index + 1} of the body`));
  }
  if (whole !== undefined) return [expectObject(whole, 'the body')];

  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2) return [expectObject(undefined, 'the body')];
  return lines.map((line, index) => expectObject(parseJson(line), `line ${index + 1} of the body`));
}
