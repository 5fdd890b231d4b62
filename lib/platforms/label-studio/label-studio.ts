import type { Platform } from '../platform';
import { asText } from '../read';
import { authenticate } from './authenticate';
import { decode } from './decode';
import { normalize } from './normalize';
import { redact } from './redact';
import { training } from './training';

/** @see https://labelstud.io/guide/webhook_reference */
export const labelStudio: Platform = {
  name: 'label-studio',
  authenticate,
  // Its users can set the header to anything.
  acceptsContentType: () => true,
  decode,
  redact,
  normalize,
  training,
  eventName: (body) => asText(body.action),
  deliveryId: () => undefined,
};
