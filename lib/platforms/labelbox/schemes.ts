import type { Scheme } from '../scheme';

/** @see https://docs.labelbox.com/reference/webhook for SHA-1; newer samples there read SHA-256 */
export const schemes: readonly Scheme[] = [
  { header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' },
  { header: 'x-hub-signature-256', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' },
];
