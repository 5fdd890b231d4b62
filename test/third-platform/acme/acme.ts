import { decodeObject } from '../../../lib/json/decode';
import { asText } from '../../../lib/json/read';
import type { Platform } from '../../../lib/platforms/platform';
import { normalize } from './normalize';
import { redact } from './redact';
import { schemes } from './schemes';

/** A platform that does not exist. It only sends webhooks: no training, nothing that manages them. */
export const acme: Platform = {
  name: 'acme',
  schemes,
  timeoutMs: 5_000,
  headers: [],
  acceptsContentType: () => true,
  decode: (body) => [decodeObject(body)],
  redact,
  normalize,
  eventName: (body) => asText(body.event),
};
