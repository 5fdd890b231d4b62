import type { Platform } from '../platform';
import { authenticate } from './authenticate';
import { acceptsContentType, decode } from './decode';
import { eventName } from './event-name';
import { normalize } from './normalize';
import { redact } from './redact';
import { training } from './training';

/** @see https://docs.labelbox.com/reference/webhook */
export const labelbox: Platform = {
  name: 'labelbox',
  authenticate,
  acceptsContentType,
  decode,
  redact,
  normalize,
  training,
  eventName: (_body, headers) => eventName(headers),
  deliveryId: (headers) => headers['x-labelbox-id'],
};
