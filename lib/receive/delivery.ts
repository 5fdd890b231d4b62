import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../errors';
import { identifyDelivery } from '../events/identify';
import type { Headers, Platform } from '../platforms/platform';
import type { Credential } from '../platforms/proof';
import { readCredentials } from '../platforms/read-credentials';
import type { Body } from './body';
import type { Request } from './http/http';

/** A configured sender: one workspace or instance of a platform. */
export interface Source {
  readonly name: string;
  readonly platform: Platform;
}

/** A request of a source, with the exact bytes that were signed. */
export interface Delivery {
  /** Ours: the same for the same bytes at the same source. */
  readonly id: string;
  readonly source: Source;
  /** What is read of them, which is no credential. */
  readonly headers: Headers;
  readonly credentials: readonly Credential[];
  readonly body: Body;
  readonly receivedAt: Date;
  /** Drawn once: tells apart what happened twice and looks the same. */
  readonly draw: string;
}

/** The headers that are read of every delivery. */
const HEADERS = ['content-type', 'traceparent', 'x-amzn-trace-id'];

/**
 * @param limit what the adapter reads of a body at most, in bytes
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
    ...toArrival(source, headers, receivedAt),
  };
}

/** What is known of a delivery before its body. */
export type Arrival = Omit<Delivery, 'id' | 'body'>;

export function toArrival(source: Source, headers: Headers, receivedAt: Date): Arrival {
  const names = [...HEADERS, ...source.platform.headers];
  return {
    source,
    headers: Object.fromEntries(
      names.filter((name) => Object.hasOwn(headers, name)).map((name) => [name, headers[name]]),
    ),
    credentials: readCredentials(source.platform.schemes, headers),
    receivedAt,
    draw: randomUUID(),
  };
}
