import type { AnyEvent } from '../../lib/consume/event';
import { DEFAULT_SCHEMA_BASE } from '../../lib/events/cloud-event';
import { envelope } from '../../lib/events/envelope';
import { identifyDelivery } from '../../lib/events/identify';
import type { JsonObject } from '../../lib/json/read';
import type { Headers, Platform } from '../../lib/platforms/platform';

/** A delivery as the receiver gets it. */
export interface Delivered {
  readonly body: JsonObject;
  readonly headers?: Headers;
  /** Drawn on receipt: see `Origin`. */
  readonly receiptId: string;
  /** In milliseconds since 1970. */
  readonly receivedAt: number;
}

/** The events of a delivery, made by the receiver. */
export function toEvents(
  source: string,
  platform: Platform,
  { body, headers = {}, receiptId, receivedAt }: Delivered,
): AnyEvent[] {
  const origin = {
    source,
    id: identifyDelivery(source, JSON.stringify(body)),
    receivedAt: new Date(receivedAt),
    receiptId,
    schemaBase: DEFAULT_SCHEMA_BASE,
  };
  return platform
    .normalize(body, headers)
    .map((draft, index) => ({ ...envelope(draft, origin, index), data: draft.data }) as AnyEvent);
}
