import { asText } from '../../../lib/json/read';
import type { Platform } from '../../../lib/platforms/platform';
import { decode } from './decode';
import { normalize } from './normalize';
import { redact } from './redact';
import { schemes } from './schemes';

/** A platform that does not exist. It only sends webhooks: no training, nothing that manages them. */
export const acme: Platform = {
  name: 'acme',
  schemes,
  patienceMs: 5_000,
  headers: [],
  acceptsContentType: () => true,
  decode,
  redact,
  normalize,
  eventName: (body) => asText(body.event),
};
