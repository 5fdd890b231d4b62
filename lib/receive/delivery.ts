import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../errors';
import { identifyDelivery } from '../events/identify';
import type { Headers, Platform } from '../platforms/platform';
import type { Credential } from '../platforms/proof';
import { readCredentials } from '../platforms/read-credentials';
import { type Body, sizeOf } from './body';
import type { Request } from './http/http';

/** A configured sender: a workspace or an instance of a platform. */
export interface Source {
  readonly name: string;
  readonly platform: Platform;
}

/** A delivery of a source, with the exact bytes that were signed. */
export interface Delivery {
  /** Our id. It is the same for the same bytes of the same source. */
  readonly id: string;
  readonly source: Source;
  /** The headers that are read, without credentials. */
  readonly headers: Headers;
  readonly credentials: readonly Credential[];
  readonly body: Body;
  /** The size of the body, in bytes. To measure a text takes a pass over it. */
  readonly size: number;
  readonly receivedAt: Date;
  /** A random id of the receipt. It tells apart two occurrences with the same bytes. */
  readonly receiptId: string;
}

/** The headers that are read of every delivery. */
const HEADERS = ['content-type', 'traceparent', 'x-amzn-trace-id'];

/**
 * @param limit the largest body that the adapter reads, in bytes
 * @throws LabelrelayError `too-large`
 */
export function toDelivery(
  source: Source,
  { headers, body: received, receivedAt }: Request,
  limit: number,
): Delivery {
  if (received === 'too-large') {
    throw new LabelrelayError('too-large', `expected at most ${limit} bytes, got more`, { limit });
  }
  const body = 'text' in received ? received.text : received;
  return {
    id: identifyDelivery(source.name, body),
    body,
    size: sizeOf(body),
    ...toArrival(source, headers, receivedAt),
  };
}

/** A delivery without its body. */
export type DeliveryHead = Omit<Delivery, 'body' | 'size'>;

/** The part of a delivery that is known before its body. */
export type Arrival = Omit<DeliveryHead, 'id'>;

export function toArrival(source: Source, headers: Headers, receivedAt: Date): Arrival {
  const read: Record<string, string | undefined> = {};
  for (const name of [...HEADERS, ...source.platform.headers]) {
    if (Object.hasOwn(headers, name)) read[name] = headers[name];
  }
  return {
    source,
    headers: read,
    credentials: readCredentials(source.platform.schemes, headers),
    receivedAt,
    receiptId: randomUUID(),
  };
}
