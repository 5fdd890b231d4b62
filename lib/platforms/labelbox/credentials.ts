import type { Headers } from '../platform';
import type { Credential } from '../proof';

/** @see https://docs.labelbox.com/reference/webhook for SHA-1; newer samples there read SHA-256 */
const SIGNATURES = [
  { header: 'x-hub-signature-256', algorithm: 'sha256', format: /^sha256=([0-9a-f]{64})$/i },
  { header: 'x-hub-signature', algorithm: 'sha1', format: /^sha1=([0-9a-f]{40})$/i },
] as const;

/** Either signature header. One that came twice is joined with a comma and so is malformed. */
export const credentials = (headers: Headers): Credential[] =>
  SIGNATURES.flatMap(({ header, algorithm, format }): Credential[] => {
    const value = headers[header];
    if (value === undefined) return [];
    const digest = format.exec(value)?.[1];
    return [digest ? { by: 'signature', algorithm, digest } : 'malformed'];
  });
