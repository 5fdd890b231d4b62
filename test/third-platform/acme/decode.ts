import { decodeUtf8, expectObject, parseJson } from '../../../lib/json/decode';
import type { JsonObject } from '../../../lib/json/read';

export const decode = (body: Uint8Array | string): JsonObject[] => [
  expectObject(parseJson(decodeUtf8(body)), 'the body'),
];
