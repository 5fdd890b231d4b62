import { LabelrelayError } from '../../errors';
import { isProof } from '../../platforms/proof';
import type { Arrival, Source } from '../delivery';
import type { LargeObjects, StoredObject } from '../large/ports';
import { type Head, readHead, toArrival } from './head';

/**
 * How a large delivery ends as it is stored: after a line of JSON that is known before its body, and the
 * exact bytes of the body, a line that is known after it: `v` or `u`, whether it was verified, and the id.
 */
export interface End {
  readonly isVerified: boolean;
  readonly id: string;
}

const NEWLINE = 0x0a;
const MAX_HEAD_BYTES = 131_072;
const END = /^\n([vu])([0-9a-f]{32})$/;
const END_BYTES = 34;

export function toHead({ source, receivedAt, draw, headers, credentials }: Arrival): Uint8Array {
  const head: Head = {
    format: 2,
    source: source.name,
    receivedAt: receivedAt.toISOString(),
    draw,
    headers,
    proofs: credentials.filter(isProof),
  };
  return Buffer.from(`${JSON.stringify(head)}\n`);
}

export const toEnd = ({ isVerified, id }: End): Uint8Array =>
  Buffer.from(`\n${isVerified ? 'v' : 'u'}${id}`);

/**
 * @returns undefined when there is no such object (any more)
 * @throws LabelrelayError `unreadable-record`
 */
export async function readEnd(key: string, large: LargeObjects): Promise<End | undefined> {
  const stored = await large.open(key, { last: END_BYTES });
  if (!stored) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of stored.chunks) chunks.push(chunk);
  const [, mark, id = ''] = END.exec(Buffer.concat(chunks).toString('latin1')) ?? [];
  if (!mark) throw unreadable('an end');
  return { isVerified: mark === 'v', id };
}

export interface LargeRecord {
  readonly arrival: Arrival;
  /** Of the body, in bytes. */
  readonly size: number;
  /** To be read once. @throws LabelrelayError `unreadable-record` when it ends too early */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * @throws LabelrelayError `unreadable-record` when it is not what was stored, `unknown-version` when it
 *   is in another form, `unknown-source` when the source is not configured (any more)
 */
export async function readRecord(
  stored: StoredObject,
  sources: ReadonlyMap<string, Source>,
): Promise<LargeRecord> {
  const chunks = stored.chunks[Symbol.asyncIterator]();
  const { line, rest } = await readLine(chunks);
  const arrival = toArrival(readHead(line.toString(), 2), sources);
  const size = stored.size - line.length - 1 - END_BYTES;
  return { arrival, size, body: readBytes(rest, chunks, size) };
}

/** @throws LabelrelayError `unreadable-record` when it has none that is short enough */
export async function readFirstLine(stored: StoredObject): Promise<string> {
  const chunks = stored.chunks[Symbol.asyncIterator]();
  try {
    return (await readLine(chunks)).line.toString();
  } finally {
    await chunks.return?.();
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

async function* readBytes(
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

const unreadable = (expected: string): LabelrelayError =>
  new LabelrelayError('unreadable-record', `expected ${expected} in a held object, got another`);
