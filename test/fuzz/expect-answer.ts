import { createHash, createHmac } from 'node:crypto';
import type { SignatureScheme } from '../../lib/platforms/scheme';
import type { FuzzedDelivery } from './make-delivery';
import { routes } from './routes';
import { type FuzzedSource, platformOf } from './sources';

export const MAX_BODY_BYTES = 65_536;

/** The statuses that a delivery may be answered with, by docs/http-api.md and not by our code. */
export function expectAnswer(delivery: FuzzedDelivery): readonly number[] {
  const { method, path, headers, body } = delivery;
  const plain = path.replace(/([^/])\/$/, '$1');
  const known = routes.filter((route) => route.path === plain);
  const { source, isDelivery } = known[0] ?? {};
  if (known.length === 0) return [404];
  if (known[0]?.method !== method) return [405];
  if (!source) return [200];
  if (body.length > MAX_BODY_BYTES) return [413];
  if (source.isDown) return [202, 401];
  if (!isAuthentic(delivery, source)) return [401];
  if (!isDelivery) return [200];

  const { acceptsContentType, decode } = platformOf(source);
  if (!acceptsContentType(headers.get('content-type'))) return [202, 400, 415];
  if (isJsonObject(body)) return [202];
  // A platform may also send a list of them, or lines.
  return isDecoded(body, decode) ? [202, 400] : [400];
}

/** Whether the bytes and headers, as they are in the end, show the secret. */
export const isAuthentic = ({ headers, body }: FuzzedDelivery, source: FuzzedSource): boolean =>
  source.secret !== '' &&
  platformOf(source).schemes.some((scheme) => {
    const value = headers.get(scheme.header);
    if (value === undefined) return false;
    return 'shown' in scheme
      ? scheme.shown.some((form) => isShown(form, value, source.secret))
      : isSigned(scheme, headers, source.secret, body);
  });

function isShown(form: 'bearer' | 'basic' | 'plain', value: string, secret: string): boolean {
  if (form === 'plain') return value === secret;
  const [, scheme = '', shown = ''] = /^(\w+) +(.*)$/s.exec(value) ?? [];
  if (scheme.toLowerCase() !== form) return false;
  if (form === 'bearer') return shown === secret;
  const isBase64 = /^[a-z0-9+/]+=*$/i.test(shown);
  const pair = isBase64 ? Buffer.from(shown, 'base64').toString('latin1') : '';
  return pair.includes(':') && pair.replace(/^[^:]*:/, '') === secret;
}

/** Whether the header has the digest of the secret. */
function isSigned(
  {
    header,
    algorithm,
    encoding,
    prefix = '',
    separator,
    signedParts = [],
    secret: use,
  }: SignatureScheme,
  headers: FuzzedDelivery['headers'],
  secret: string,
  body: Buffer,
): boolean {
  const parts = (headers.get(header) ?? '').split(separator ?? '\0').map((part) => part.trim());
  const signed = signedParts.map((part) => {
    if (typeof part === 'string') return part;
    if ('header' in part) return headers.get(part.header) ?? '';
    return parts.find((each) => each.startsWith(part.part))?.slice(part.part.length) ?? '';
  });
  const key = use === 'base64-key' ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : secret;
  const hash =
    use === 'prepended' ? createHash(algorithm).update(secret) : createHmac(algorithm, key);
  const digest = prefix + hash.update(signed.join('')).update(body).digest(encoding);
  const fold = (text: string) => (encoding === 'hex' ? text.toLowerCase() : text);
  return (separator ? parts : [headers.get(header) ?? '']).some(
    (part) => fold(part) === fold(digest),
  );
}

function isDecoded(body: Buffer, decode: (body: Buffer) => object[]): boolean {
  try {
    return decode(body).length > 0;
  } catch {
    return false;
  }
}

function isJsonObject(body: Buffer): boolean {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
