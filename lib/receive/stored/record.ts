import { hasCode, LabelrelayError } from '../../errors';
import { identifyDelivery } from '../../events/identify';
import { parseJson } from '../../json/decode';
import { isObject } from '../../json/read';
import type { Headers } from '../../platforms/platform';
import { isProof, type Proof } from '../../platforms/proof';
import { bytesOf } from '../body';
import type { Arrival, Delivery, Source } from '../delivery';

/**
 * The form of every stored delivery, of any size: a line of JSON that is known before the body, the exact
 * bytes of the body, and an end that is known after it. A reader takes no other version.
 */
const FORMAT = 1;

interface Head {
  readonly format: typeof FORMAT;
  readonly source: string;
  /** As RFC 3339. */
  readonly receivedAt: string;
  readonly receiptId: string;
  readonly headers: Headers;
  /** They verify the delivery later, if it is not verified yet. */
  readonly proofs: readonly Proof[];
}

/** The end of a record: a newline, `v` or `u` for verified or not, and the id. */
export interface End {
  readonly isVerified: boolean;
  readonly id: string;
}

export const NEWLINE = 0x0a;
const END = /^\n([vu])([0-9a-f]{32})$/;
export const END_BYTES = 34;

export function toHead({
  source,
  receivedAt,
  receiptId,
  headers,
  credentials,
}: Arrival): Uint8Array {
  const head: Head = {
    format: FORMAT,
    source: source.name,
    receivedAt: receivedAt.toISOString(),
    receiptId,
    headers,
    proofs: credentials.filter(isProof),
  };
  return Buffer.from(`${JSON.stringify(head)}\n`);
}

export const toEnd = ({ isVerified, id }: End): Uint8Array =>
  Buffer.from(`\n${isVerified ? 'v' : 'u'}${id}`);

/** The record of a delivery in memory. A verified delivery keeps no proofs. */
export function toRecord(delivery: Delivery, isVerified: boolean): Uint8Array {
  const arrival = isVerified ? { ...delivery, credentials: [] } : delivery;
  const end = toEnd({ isVerified, id: delivery.id });
  return Buffer.concat([toHead(arrival), bytesOf(delivery.body), end]);
}

/** @throws LabelrelayError `unreadable-record` */
export function readEnd(bytes: Uint8Array): End {
  const [, mark, id = ''] = END.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  if (!mark) throw unreadable('an end');
  return { isVerified: mark === 'v', id };
}

/**
 * Reads a record that is in memory.
 *
 * @throws LabelrelayError `unreadable-record` if it is not what was stored, `unknown-version` if it has another
 *   version, `unknown-source` if the source is not configured (any more)
 */
export function parseRecord(
  bytes: Uint8Array,
  sources: ReadonlyMap<string, Source>,
): { delivery: Delivery; isVerified: boolean } {
  const line = bytes.indexOf(NEWLINE);
  const head = parseHead(bytes.subarray(0, line));
  const { isVerified, id } = readEnd(bytes.subarray(-END_BYTES));
  const body = bytes.subarray(line + 1, -END_BYTES);
  expectId(identifyDelivery(head.source, body), id);
  return { delivery: { ...toArrival(head, sources), id, body, size: body.length }, isVerified };
}

/** @throws LabelrelayError `unreadable-record` unless the id of the bytes is the stored one */
export function expectId(came: string, stored: string): void {
  if (came !== stored) throw unreadable('the bytes that were stored');
}

/** Whether a stored object is not a record. */
export const isUnreadable = (error: unknown): boolean => hasCode(error, 'unreadable-record');

export const unreadable = (expected: string): LabelrelayError =>
  new LabelrelayError('unreadable-record', `expected ${expected} in a stored object, got another`);

/** @throws LabelrelayError `unreadable-record`, `unknown-version` */
export function parseHead(line: Uint8Array): Head {
  const head = parseJson(Buffer.from(line).toString()) as Partial<Head> | undefined;
  expectFormat(head?.format);
  if (isHead(head)) return head;
  throw unreadable(`the head of a record of format ${FORMAT}`);
}

/** @throws LabelrelayError `unknown-source` if the source is not configured (any more) */
export function toArrival(
  { source: name, receivedAt, receiptId, headers, proofs }: Head,
  sources: ReadonlyMap<string, Source>,
): Arrival {
  const source = sources.get(name);
  if (!source) {
    const message = `expected a configured source, got a record of ${name}`;
    throw new LabelrelayError('unknown-source', message);
  }
  return { source, receivedAt: new Date(receivedAt), receiptId, headers, credentials: proofs };
}

/** @throws LabelrelayError `unknown-version`, or `unreadable-record` for an object without a version */
export function expectFormat(format: unknown): void {
  if (format === FORMAT) return;
  if (typeof format !== 'number') throw unreadable(`a record of format ${FORMAT}`);
  const message = `expected a record of format ${FORMAT}, got one of format ${format}`;
  throw new LabelrelayError('unknown-version', message);
}

const isHead = (head: unknown): head is Head =>
  isObject(head) &&
  typeof head.source === 'string' &&
  typeof head.receiptId === 'string' &&
  typeof head.receivedAt === 'string' &&
  !Number.isNaN(Date.parse(head.receivedAt)) &&
  isObject(head.headers) &&
  Array.isArray(head.proofs) &&
  head.proofs.every(isObject);
