import { EncodedObject } from './encoded-object';
import { escapeJson } from './escape';
import { EncodedItems } from './long/encoded-items';
import { isObject } from './read';

/** Objects and lists are written member by member down to this level: to the items of a list in a label. */
const LEVELS = 4;
/** The longest part of a text that is written at once, in characters. */
const PIECE = 65_536;
/** The most bytes for a character, written as `\uXXXX`. */
const BYTES_PER_CHARACTER = 6;

/**
 * Encodes a value as `escapeJson(JSON.stringify(value))` in UTF-8. A large value is never in memory as a text.
 *
 * @param value JSON, with `undefined` for absent members
 * @param roughBytes the expected size, in bytes
 */
export function encodeJson(value: object, roughBytes: number): Uint8Array {
  let bytes = Buffer.allocUnsafeSlow(Math.ceil(roughBytes));
  let length = 0;

  const makeRoom = (characters: number): void => {
    const most = length + characters * BYTES_PER_CHARACTER;
    if (most <= bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * most);
    bytes.copy(larger, 0, 0, length);
    bytes = larger;
  };
  const write = (json: string): void => {
    makeRoom(json.length);
    length += bytes.write(escapeJson(json), length);
  };

  /** Writes an escape for each code unit, so a text can be cut anywhere. */
  const writeText = (text: string): void => {
    write('"');
    for (let at = 0; at < text.length; at += PIECE) {
      const piece = text.slice(at, at + PIECE);
      makeRoom(piece.length);
      const end = escapeAscii(piece, bytes, length);
      if (end === undefined) write(JSON.stringify(piece).slice(1, -1));
      else length = end;
    }
    write('"');
  };

  const writePieces = (json: string): void => {
    for (let at = 0; at < json.length; at += PIECE) write(json.slice(at, at + PIECE));
  };

  const writeItems = (items: readonly unknown[], levels: number): void => {
    write('[');
    for (let index = 0; index < items.length; index++) {
      if (index > 0) write(',');
      writeValue(items[index] ?? null, levels);
    }
    write(']');
  };
  const writeEncoded = (texts: readonly string[]): void => {
    write('[');
    for (const [index, text] of texts.entries()) {
      if (index > 0) write(',');
      write(text);
    }
    write(']');
  };
  const writeMembers = (holder: object, levels: number): void => {
    let separator = '{';
    for (const [name, member] of Object.entries(holder)) {
      if (member === undefined) continue;
      write(`${separator}${JSON.stringify(name)}:`);
      writeValue(member, levels);
      separator = ',';
    }
    write(separator === ',' ? '}' : '{}');
  };

  const writeValue = (inner: unknown, levels: number): void => {
    if (typeof inner === 'string' && inner.length > PIECE) writeText(inner);
    else if (inner instanceof EncodedItems) writeEncoded(inner.texts);
    else if (inner instanceof EncodedObject) inner.parts.forEach(writePieces);
    else if (levels > 0 && Array.isArray(inner)) writeItems(inner, levels - 1);
    else if (levels > 0 && isObject(inner)) writeMembers(inner, levels - 1);
    else write(JSON.stringify(inner));
  };

  writeValue(value, LEVELS);
  return bytes.subarray(0, length);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const DELETE = 0x7f;
/** The buffer that a piece of text is copied to, with one byte for each character. */
const scratch = Buffer.allocUnsafeSlow(PIECE);

/**
 * Writes printable ASCII as in a JSON string. It copies bytes to bytes, since temporary texts would be garbage.
 *
 * @returns the end of the written bytes, or undefined if the text has other characters
 */
function escapeAscii(text: string, bytes: Uint8Array, start: number): number | undefined {
  if (Buffer.byteLength(text) !== text.length) return undefined;
  scratch.write(text, 'latin1');
  let end = start;
  for (let at = 0; at < text.length; at++) {
    const byte = scratch[at] as number;
    if (byte < SPACE || byte === DELETE) return undefined;
    if (byte === QUOTE || byte === BACKSLASH) bytes[end++] = BACKSLASH;
    bytes[end++] = byte;
  }
  return end;
}
