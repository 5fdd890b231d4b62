import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Scheme, SecretScheme, SignatureScheme } from '../platforms/scheme';

/** Header values by lower-case name. */
type SentHeaders = Record<string, string>;

/**
 * The credentials that a sender with the secret adds to a delivery, as headers.
 *
 * @param at the time of sending, for schemes that sign it
 */
export const signWith = (
  scheme: Scheme,
  secret: string,
  body: string | Uint8Array,
  { id = `msg_${randomUUID().replaceAll('-', '')}`, at = new Date() } = {},
): SentHeaders =>
  'shown' in scheme
    ? { [scheme.header]: show(scheme, secret) }
    : sign(scheme, secret, body, { id, seconds: String(Math.floor(at.getTime() / 1_000)) });

function show({ shown: [form] }: SecretScheme, secret: string): string {
  if (form === 'bearer') return `Bearer ${inHeader(secret)}`;
  return form === 'basic'
    ? `Basic ${Buffer.from(`:${secret}`).toString('base64')}`
    : inHeader(secret);
}

/** A header has bytes, each written as a character: here those of UTF-8. */
const inHeader = (text: string): string => Buffer.from(text).toString('latin1');

function sign(
  {
    header,
    algorithm,
    encoding,
    prefix = '',
    separator,
    signedParts = [],
    secret: use,
  }: SignatureScheme,
  secret: string,
  body: string | Uint8Array,
  values: { readonly id: string; readonly seconds: string },
): SentHeaders {
  const headers: SentHeaders = {};
  const parts: string[] = [];
  const signed = signedParts.map((part) => {
    if (typeof part === 'string') return part;
    const value = values[part.holds];
    if ('header' in part) headers[part.header] = value;
    else parts.push(part.part + value);
    return value;
  });
  const digest = begin(algorithm, secret, use)
    .update(signed.join(''))
    .update(body)
    .digest(encoding);
  return { ...headers, [header]: [...parts, prefix + digest].join(separator ?? '') };
}

function begin(algorithm: string, secret: string, use: SignatureScheme['secret']) {
  if (use === 'prepended') return createHash(algorithm).update(secret);
  const isBase64 = use === 'base64-key';
  const key = isBase64 ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : secret;
  return createHmac(algorithm, key);
}
