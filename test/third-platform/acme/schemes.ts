import type { Scheme } from '../../../lib/platforms/scheme';

export const schemes: readonly Scheme[] = [
  { header: 'x-acme-signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' },
];
