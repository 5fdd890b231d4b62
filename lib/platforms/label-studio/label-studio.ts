import { decodeObject } from '../../json/decode';
import { asText } from '../../json/read';
import type { Platform } from '../platform';
import { largeShape } from './large-shape';
import { normalize } from './normalize';
import { redact } from './redact';
import { schemes } from './schemes';
import { training } from './training';

/** @see https://labelstud.io/guide/webhook_reference */
export const labelStudio: Platform = {
  name: 'label-studio',
  schemes,
  // It times out after a second, while the annotator's save waits: https://labelstud.io/guide/webhooks
  timeoutMs: 1_000,
  headers: [],
  // Users of Label Studio can set this header to any value.
  acceptsContentType: () => true,
  // A body is one object, whatever its Content-Type says.
  decode: (body) => [decodeObject(body)],
  largeShape,
  redact,
  normalize,
  training,
  eventName: (body) => asText(body.action),
};
