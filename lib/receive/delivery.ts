import { identifyDelivery } from '../events/identify';
import type { Headers, Platform } from '../platforms/platform';

/** A configured sender: one workspace or instance of a platform. */
export interface Source {
  readonly name: string;
  readonly platform: Platform;
}

/** A request to a source's webhook, with the exact bytes that were signed. */
export interface Delivery {
  /** Ours: the same for the same bytes at the same source. */
  readonly id: string;
  readonly source: Source;
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly receivedAt: Date;
}

export const toDelivery = (
  source: Source,
  { headers, body, receivedAt }: Pick<Delivery, 'headers' | 'body' | 'receivedAt'>,
): Delivery => ({ id: identifyDelivery(source.name, body), source, headers, body, receivedAt });
