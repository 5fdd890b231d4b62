import type { JsonObject } from '../../../lib/json/read';

export function redact(body: JsonObject): JsonObject {
  const { key, ...rest } = body;
  return key === undefined ? body : rest;
}
