import { LabelrelayError } from '../errors';
import { identifyDelivery } from '../events/identify';
import { parseJson } from '../platforms/decode-json';
import type { Headers } from '../platforms/platform';
import type { Proof } from '../platforms/proof';
import { bytesOf } from './body';
import type { Delivery, Source } from './delivery';
import { expectFormat } from './expect-format';

/** The first line of a record: everything of a delivery but its bytes. */
interface Head {
  readonly format: 1;
  /** Of the bytes that follow: tells whether all of them were read. */
  readonly id: string;
  readonly source: string;
  readonly receivedAt: string;
  readonly draw: string;
  readonly headers: Headers;
  /** Where it must be verified yet. */
  readonly proofs?: readonly Proof[];
}

const NEWLINE = 0x0a;

/** A delivery as it is stored: a line of JSON, then the exact bytes of its body. */
export function toRecord(delivery: Delivery, proofs?: readonly Proof[]): Uint8Array {
  const { id, source, receivedAt, draw, headers, body } = delivery;
  const head: Head = {
    format: 1,
    id,
    source: source.name,
    receivedAt: receivedAt.toISOString(),
    draw,
    headers,
    proofs,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), bytesOf(body)]);
}

/**
 * @throws LabelrelayError `unreadable-record` when it is not what was stored, `unknown-version` when it
 *   is in another form, `unknown-source` when the source is not configured (any more)
 */
export function fromRecord(bytes: Uint8Array, sources: ReadonlyMap<string, Source>): Delivery {
  const { head, body } = splitRecord(bytes);
  const { id, receivedAt, draw, headers, proofs = [] } = head;
  const source = sources.get(head.source);
  if (!source) {
    const message = `expected a configured source, got a record of ${head.source}`;
    throw new LabelrelayError('unknown-source', message);
  }
  const credentials = proofs;
  return { id, source, headers, credentials, body, receivedAt: new Date(receivedAt), draw };
}

/** @throws LabelrelayError `unreadable-record` when it is not what was stored, `unknown-version` */
export function splitRecord(bytes: Uint8Array): { head: Head; body: Uint8Array } {
  const end = bytes.indexOf(NEWLINE);
  const head = parseJson(Buffer.from(bytes.subarray(0, end)).toString()) as Head | undefined;
  expectFormat(head, 1);
  const body = bytes.subarray(end + 1);
  if (head.id !== identifyDelivery(head.source, body)) {
    throw new LabelrelayError(
      'unreadable-record',
      'expected the bytes that were stored, got others',
    );
  }
  return { head, body };
}
