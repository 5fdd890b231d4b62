import { decodeUtf8, expectObject, parseJson } from '../../json/decode';
import type { JsonObject } from '../../json/read';

/** A body is one JSON object, whatever its Content-Type says. */
export const decode = (body: Uint8Array | string): JsonObject[] => [
  expectObject(parseJson(decodeUtf8(body)), 'the body'),
];
