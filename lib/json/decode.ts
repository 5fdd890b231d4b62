import { isAscii } from 'node:buffer';
import { LabelrelayError } from '../errors';
import { isObject, type JsonObject } from './read';

const BYTE_ORDER_MARK = '\uFEFF';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * @param body its bytes, or what they are in UTF-8
 * @returns the body as text, without a byte order mark
 * @throws LabelrelayError `undecodable`
 */
export function decodeUtf8(body: Uint8Array | string): string {
  if (typeof body === 'string') return body.startsWith(BYTE_ORDER_MARK) ? body.slice(1) : body;
  try {
    // The same for those bytes, and quicker.
    return isAscii(body)
      ? Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1')
      : utf8.decode(body);
  } catch (cause) {
    throw new LabelrelayError('undecodable', 'expected UTF-8, got other bytes, in the body', {
      cause,
    });
  }
}

/** The JSON value, or undefined: the engine's own error quotes the text, so it goes no further. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws LabelrelayError `undecodable` */
export function expectObject(value: unknown, where: string): JsonObject {
  if (isObject(value)) return value;
  const came = value === undefined ? 'no JSON' : Array.isArray(value) ? 'a list' : typeof value;
  throw new LabelrelayError('undecodable', `expected a JSON object, got ${came}, in ${where}`);
}
