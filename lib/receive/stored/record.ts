import { LabelrelayError } from '../../errors';
import { identifyDelivery } from '../../events/identify';
import type { Proof } from '../../platforms/proof';
import { bytesOf } from '../body';
import type { Delivery, Source } from '../delivery';
import { type Head, readHead, toArrival } from './head';

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
  const end = bytes.indexOf(NEWLINE);
  const head = readHead(Buffer.from(bytes.subarray(0, end)).toString(), 1);
  const body = bytes.subarray(end + 1);
  const id = identifyDelivery(head.source, body);
  if (head.id !== id) {
    throw new LabelrelayError(
      'unreadable-record',
      'expected the bytes that were stored, got others',
    );
  }
  return { ...toArrival(head, sources), id, body };
}
