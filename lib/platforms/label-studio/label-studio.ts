import { asText } from '../../json/read';
import type { Platform } from '../platform';
import { decode } from './decode';
import { largeShape } from './large-shape';
import { normalize } from './normalize';
import { redact } from './redact';
import { schemes } from './schemes';
import { training } from './training';

/** @see https://labelstud.io/guide/webhook_reference */
export const labelStudio: Platform = {
  name: 'label-studio',
  schemes,
  // https://labelstud.io/guide/webhooks: it gives up after a second, in the annotator's own save.
  patienceMs: 1_000,
  headers: [],
  // Its users can set the header to anything.
  acceptsContentType: () => true,
  decode,
  largeShape,
  redact,
  normalize,
  training,
  eventName: (body) => asText(body.action),
};
