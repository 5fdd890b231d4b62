import type { Platform } from '../platform';
import { acceptsContentType, decode } from './decode';
import { eventName } from './event-name';
import { largeShape } from './large-shape';
import { normalize } from './normalize';
import { redact } from './redact';
import { schemes } from './schemes';
import { training } from './training';

/** @see https://docs.labelbox.com/reference/webhook */
export const labelbox: Platform = {
  name: 'labelbox',
  schemes,
  // Not documented: a common timeout of webhooks.
  timeoutMs: 5_000,
  headers: ['x-labelbox-event', 'x-labelbox-id'],
  acceptsContentType,
  decode,
  largeShape,
  redact,
  normalize,
  training,
  eventHeader: 'x-labelbox-event',
  eventName: (_body, headers) => eventName(headers),
  deliveryId: (headers) => headers['x-labelbox-id'],
};
