import { isAscii } from 'node:buffer';
import { LabelrelayError } from '../errors';
import { isObject, type JsonObject } from './read';

const BYTE_ORDER_MARK = '\uFEFF';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * @param body the bytes, or the text that they are the UTF-8 of
 * @returns the body as text, without a byte order mark
 * @throws LabelrelayError `undecodable`
 */
export function decodeUtf8(body: Uint8Array | string): string {
  if (typeof body === 'string') return body.startsWith(BYTE_ORDER_MARK) ? body.slice(1) : body;
  try {
    // For ASCII, Latin-1 gives the same text, and is faster.
    return isAscii(body)
      ? Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
      : utf8.decode(body);
  } catch (cause) {
    throw new LabelrelayError('undecodable', 'expected UTF-8, got other bytes, in the body', {
      cause,
    });
  }
}

/** The JSON value, or undefined if it is invalid. The engine's error quotes the text, so it is not thrown. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Decodes a body that is one JSON object.
 *
 * @throws LabelrelayError `undecodable`
 */
export const decodeObject = (body: Uint8Array | string): JsonObject =>
  expectObject(parseJson(decodeUtf8(body)), 'the body');

/** @throws LabelrelayError `undecodable` */
export function expectObject(value: unknown, where: string): JsonObject {
  if (isObject(value)) return value;
  const came = value === undefined ? 'no JSON' : Array.isArray(value) ? 'a list' : typeof value;
  throw new LabelrelayError('undecodable', `expected a JSON object, got ${came}, in ${where}`);
}
