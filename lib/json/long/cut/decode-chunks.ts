import { isAscii, isUtf8 } from 'node:buffer';
import { LabelrelayError } from '../../../errors';

const BYTE_ORDER_MARK = '\ufeff';

/**
 * Decodes bytes that come in pieces, like `decodeUtf8` for all of them.
 *
 * @returns a function that decodes the next bytes; without an argument, those that are left
 * @throws LabelrelayError `undecodable`
 */
export function chunkDecoder(): (bytes?: Uint8Array) => string {
  let left = Buffer.alloc(0);
  let isFirst = true;
  return (bytes) => {
    const all =
      bytes && left.length === 0
        ? asBuffer(bytes)
        : Buffer.concat([left, bytes ?? left.subarray(0, 0)]);
    const end = bytes ? wholeEnd(all) : all.length;
    left = Buffer.from(all.subarray(end));
    const text = decode(all.subarray(0, end));
    if (!isFirst || text === '') return text;
    isFirst = false;
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  };
}

function decode(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new LabelrelayError('undecodable', 'expected UTF-8, got other bytes, in the body');
}

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);

/** The end of the last complete character. A character has at most four bytes. */
function wholeEnd(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 4); at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return at + length > bytes.length ? at : bytes.length;
  }
  return bytes.length;
}
