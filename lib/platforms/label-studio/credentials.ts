import type { Headers } from '../platform';
import { type Credential, saltedDigest } from '../proof';

/**
 * Label Studio signs nothing. The secret itself comes along, as a bearer token, as the password of
 * HTTP Basic (also from a URL with a password), or in a header of ours.
 */
export function credentials({ authorization, 'x-webhook-secret': header }: Headers): Credential[] {
  const found: Credential[] = [];
  if (authorization !== undefined) {
    const shown = bearer(authorization) ?? password(authorization);
    found.push(shown ? saltedDigest(shown) : 'malformed');
  }
  if (header !== undefined) found.push(saltedDigest(bytes(header)));
  return found;
}

/** A header's characters are its bytes, unless a gateway has decoded them: then they were UTF-8. */
const bytes = (text: string): Buffer =>
  Buffer.from(text, /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8');

function bearer(authorization: string): Buffer | undefined {
  const token = /^Bearer +(\S.*)$/i.exec(authorization)?.[1];
  return token === undefined ? undefined : bytes(token);
}

/** @see https://www.rfc-editor.org/rfc/rfc7617 */
function password(authorization: string): Buffer | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (!encoded) return undefined;
  const pair = Buffer.from(encoded, 'base64');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.subarray(colon + 1);
}
