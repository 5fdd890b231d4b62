import { createHash, timingSafeEqual } from 'node:crypto';
import type { Headers, Verdict } from '../platform';

/**
 * Label Studio signs nothing. The secret itself comes along, as a bearer token, as the password of
 * HTTP Basic (also from a URL with a password), or in a header of ours.
 */
export function authenticate(
  headers: Headers,
  _body: Uint8Array,
  secrets: readonly string[],
): Verdict {
  const usable = secrets.filter((secret) => secret !== '');
  if (usable.length === 0) return { authentic: false, reason: 'no-secret' };

  const { authorization, 'x-webhook-secret': header } = headers;
  if (authorization === undefined && header === undefined) {
    return { authentic: false, reason: 'credentials-missing' };
  }
  const credentials = [bearer(authorization), password(authorization), bytes(header)].filter(
    (credential) => credential !== undefined,
  );
  if (credentials.length === 0) return { authentic: false, reason: 'credentials-malformed' };
  const isKnown = credentials.some((credential) =>
    usable.some((secret) => isSame(credential, Buffer.from(secret))),
  );
  return isKnown ? { authentic: true } : { authentic: false, reason: 'mismatch' };
}

/** A header's characters are its bytes. */
const bytes = (text: string | undefined): Buffer | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'latin1');

const bearer = (authorization = ''): Buffer | undefined =>
  bytes(/^Bearer +(\S.*)$/i.exec(authorization)?.[1]);

/** @see https://www.rfc-editor.org/rfc/rfc7617 */
function password(authorization = ''): Buffer | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (!encoded) return undefined;
  const pair = Buffer.from(encoded, 'base64');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.subarray(colon + 1);
}

/** Digests have one length, so that the time tells nothing of the secret's. */
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  timingSafeEqual(digest(one), digest(other));

const digest = (value: Uint8Array): Buffer => createHash('sha256').update(value).digest();
