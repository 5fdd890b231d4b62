import { LabelrelayError } from '../../errors';
import { parseJson } from '../../json/decode';
import { isObject } from '../../json/read';
import type { Headers } from '../../platforms/platform';
import type { Proof } from '../../platforms/proof';
import type { Arrival, Source } from '../delivery';
import { expectFormat } from './expect-format';

/** The first line of a record: a delivery but for its bytes. */
export interface Head {
  /** 1 of a small delivery, 2 of a large one. */
  readonly format: 1 | 2;
  /** Of a small one: it tells whether all bytes that follow were read. */
  readonly id?: string;
  readonly source: string;
  /** As RFC 3339. */
  readonly receivedAt: string;
  readonly draw: string;
  readonly headers: Headers;
  /** What verifies it, where it must be verified yet. */
  readonly proofs?: readonly Proof[];
}

/** @throws LabelrelayError `unreadable-record` when it is no head, `unknown-version` when it is of another format */
export function readHead(line: string, format: Head['format']): Head {
  const head = parseJson(line) as Head | undefined;
  expectFormat(head, format);
  if (isHead(head)) return head;
  throw new LabelrelayError(
    'unreadable-record',
    `expected the head of a record of format ${format}, got another line`,
  );
}

const isHead = (head: unknown): head is Head =>
  isObject(head) &&
  typeof head.source === 'string' &&
  typeof head.draw === 'string' &&
  typeof head.receivedAt === 'string' &&
  !Number.isNaN(Date.parse(head.receivedAt)) &&
  isObject(head.headers) &&
  (head.proofs === undefined || (Array.isArray(head.proofs) && head.proofs.every(isObject)));

/** @throws LabelrelayError `unknown-source` when the source is not configured (any more) */
export function toArrival(
  { source: name, receivedAt, draw, headers, proofs = [] }: Head,
  sources: ReadonlyMap<string, Source>,
): Arrival {
  const source = sources.get(name);
  if (!source) {
    const message = `expected a configured source, got a record of ${name}`;
    throw new LabelrelayError('unknown-source', message);
  }
  return { source, receivedAt: new Date(receivedAt), draw, headers, credentials: proofs };
}
