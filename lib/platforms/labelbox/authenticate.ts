import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Headers, Verdict } from '../platform';

/** @see https://docs.labelbox.com/reference/webhook for SHA-1; newer samples there read SHA-256 */
const SIGNATURES = [
  { header: 'x-hub-signature-256', algorithm: 'sha256', format: /^sha256=([0-9a-f]{64})$/i },
  { header: 'x-hub-signature', algorithm: 'sha1', format: /^sha1=([0-9a-f]{40})$/i },
] as const;

/**
 * Whether either signature header is the HMAC of the raw bytes under one of the secrets.
 *
 * A header that came twice is joined with a comma and so is malformed.
 */
export function authenticate(
  headers: Headers,
  body: Uint8Array,
  secrets: readonly string[],
): Verdict {
  const usable = secrets.filter((secret) => secret !== '');
  if (usable.length === 0) return { authentic: false, reason: 'no-secret' };

  const present = SIGNATURES.filter(({ header }) => headers[header] !== undefined);
  if (present.length === 0) return { authentic: false, reason: 'credentials-missing' };

  const results = present.map(({ header, algorithm, format }) => {
    const hex = format.exec(headers[header] ?? '')?.[1];
    if (!hex) return 'credentials-malformed';
    const claimed = Buffer.from(hex, 'hex');
    const verified = usable.some((secret) =>
      timingSafeEqual(createHmac(algorithm, secret).update(body).digest(), claimed),
    );
    return verified ? 'verified' : 'mismatch';
  });

  if (!results.includes('verified')) {
    const reason = results.includes('mismatch') ? 'mismatch' : 'credentials-malformed';
    return { authentic: false, reason };
  }
  return { authentic: true, signaturesDisagree: results.some((result) => result !== 'verified') };
}
