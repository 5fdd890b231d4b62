import { decodeUtf8, expectObject, parseJson } from '../decode-json';
import type { JsonObject } from '../read';

/** A body is one JSON object, whatever its Content-Type says. */
export const decode = (body: Uint8Array | string): JsonObject[] => [
  expectObject(parseJson(decodeUtf8(body)), 'the body'),
];
