import type { Scheme } from '../scheme';

/**
 * Label Studio does not sign. It sends the secret itself, as a bearer token, as the password of HTTP Basic (also from
 * a URL with a password), or in a header of ours.
 */
export const schemes: readonly Scheme[] = [
  { header: 'authorization', shown: ['bearer', 'basic'] },
  { header: 'x-webhook-secret', shown: ['plain'] },
];
