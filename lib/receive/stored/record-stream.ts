import { parseJson } from '../../json/decode';
import type { Arrival, Source } from '../delivery';
import type { OpenObject } from './object-store';
import {
  END_BYTES,
  expectFormat,
  isUnreadable,
  NEWLINE,
  parseHead,
  toArrival,
  unreadable,
} from './record';

const MAX_HEAD_BYTES = 131_072;

export interface OpenRecord {
  readonly arrival: Arrival;
  /** The size of the body, in bytes. */
  readonly size: number;
  /** Can be read once. @throws LabelrelayError `unreadable-record` if the record ends too early */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * @throws LabelrelayError `unreadable-record` if the object is not a record, `unknown-version` if it has
 *   another version, `unknown-source` if the source is not configured (any more)
 */
export async function readRecord(
  stored: OpenObject,
  sources: ReadonlyMap<string, Source>,
): Promise<OpenRecord> {
  const chunks = stored.chunks[Symbol.asyncIterator]();
  try {
    const { line, rest } = await readLine(chunks);
    const arrival = toArrival(parseHead(line), sources);
    const size = stored.size - line.length - 1 - END_BYTES;
    return { arrival, size, body: readBody(rest, chunks, size) };
  } catch (error) {
    await chunks.return?.();
    throw error;
  }
}

/**
 * Reads the version of a record, and no more of it. An object without one passes.
 *
 * @throws LabelrelayError `unknown-version`
 */
export async function expectKnownVersion({ chunks }: OpenObject): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const { line } = await readLine(iterator);
    const head = parseJson(line.toString()) as { readonly format?: unknown } | undefined;
    expectFormat(head?.format);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  } finally {
    await iterator.return?.();
  }
}

async function readLine(
  chunks: AsyncIterator<Uint8Array>,
): Promise<{ line: Buffer; rest: Buffer }> {
  let read = Buffer.alloc(0);
  while (read.length < MAX_HEAD_BYTES) {
    const { value, done } = await chunks.next();
    if (done) break;
    read = Buffer.concat([read, value]);
    const end = read.indexOf(NEWLINE);
    if (end >= 0) return { line: read.subarray(0, end), rest: read.subarray(end + 1) };
  }
  throw unreadable('a line of JSON');
}

async function* readBody(
  first: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let left = size;
  try {
    for (let chunk = first; left > 0; ) {
      const piece = chunk.subarray(0, left);
      left -= piece.length;
      if (piece.length > 0) yield piece;
      if (left === 0) return;
      const { value, done } = await chunks.next();
      if (done) throw unreadable(`${left} bytes more`);
      chunk = value;
    }
  } finally {
    await chunks.return?.();
  }
}
