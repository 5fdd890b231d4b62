/** How a platform shows that a delivery is its own. The first scheme of a platform is the one that it uses by itself. */
export type Scheme = SignatureScheme | SecretScheme;

/** A digest of the body, made with the secret. */
export interface SignatureScheme {
  /** By its lower-case name. */
  readonly header: string;
  readonly algorithm: 'sha1' | 'sha256';
  readonly encoding: 'hex' | 'base64';
  /** What stands before the digest, such as `sha1=`. */
  readonly prefix?: string;
  /** For a header of several parts: what separates them. A part that begins with `prefix` is a digest. */
  readonly separator?: ',' | ' ';
  /** What is signed before the body. */
  readonly before?: readonly SignedPart[];
  /**
   * How the secret is used: `key`, the default, is the key of an HMAC as UTF-8; `base64-key` is such a
   * key in base64, which may begin with `whsec_`; `prepended` is hashed before all else, without HMAC.
   */
  readonly secret?: SecretUse;
}

export type SecretUse = 'key' | 'base64-key' | 'prepended';

/** Fixed text; or an id or a time in seconds since 1970, from another header or from a part of this one. */
export type SignedPart =
  | string
  | { readonly holds: 'id' | 'seconds'; readonly header: string }
  | { readonly holds: 'id' | 'seconds'; readonly part: string };

/** The secret itself, as a bearer token, as the password of HTTP Basic, or as the whole header. */
export interface SecretScheme {
  readonly header: string;
  /** Each form that is taken; the first is the usual one. */
  readonly shown: readonly ('bearer' | 'basic' | 'plain')[];
}

/**
 * The Standard Webhooks signature, which several platforms send. The time is not judged: a retry may be
 * days old, and the sequence of events defends against replays.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: SignatureScheme = {
  header: 'webhook-signature',
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'v1,',
  separator: ' ',
  before: [
    { holds: 'id', header: 'webhook-id' },
    '.',
    { holds: 'seconds', header: 'webhook-timestamp' },
    '.',
  ],
  secret: 'base64-key',
};
