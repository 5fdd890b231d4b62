import { LabelrelayError } from '../../errors';
import { parseJson } from '../../platforms/decode-json';
import type { Headers } from '../../platforms/platform';
import { isProof, type Proof } from '../../platforms/proof';
import type { Arrival, Source } from '../delivery';
import { expectFormat } from '../expect-format';
import type { LargeObjects, StoredObject } from './ports';

/**
 * A large delivery as it is stored: a line of JSON that is known before its body, the exact bytes of
 * the body, and a line that is known after it: `v` or `u`, whether it was verified, and the id.
 */
interface Head {
  readonly format: 2;
  readonly source: string;
  readonly receivedAt: string;
  readonly draw: string;
  readonly headers: Headers;
  /** What verifies it, where it must be verified yet. */
  readonly proofs: readonly Proof[];
}

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
  const head = parseJson(line.toString()) as Head | undefined;
  expectFormat(head, 2);
  const source = sources.get(head.source);
  if (!source) {
    const message = `expected a configured source, got a record of ${head.source}`;
    throw new LabelrelayError('unknown-source', message);
  }
  const size = stored.size - line.length - 1 - END_BYTES;
  const { receivedAt, draw, headers, proofs } = head;
  return {
    arrival: { source, receivedAt: new Date(receivedAt), draw, headers, credentials: proofs },
    size,
    body: readBytes(rest, chunks, size),
  };
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
