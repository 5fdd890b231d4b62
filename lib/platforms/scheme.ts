/** A scheme of credentials. The first scheme of a platform is the one that it uses by default. */
export type Scheme = SignatureScheme | SecretScheme;

/** A digest of the body, computed with the secret. */
export interface SignatureScheme {
  /** The lower-case name of the header. */
  readonly header: string;
  readonly algorithm: 'sha1' | 'sha256';
  readonly encoding: 'hex' | 'base64';
  /** The text before the digest, such as `sha1=`. */
  readonly prefix?: string;
  /** The separator of a header with several parts. A part that begins with `prefix` is a digest. */
  readonly separator?: ',' | ' ';
  /** The parts that are signed before the body. */
  readonly signedParts?: readonly SignedPart[];
  /**
   * How the secret is used. With `key`, the default, its UTF-8 bytes are the key of an HMAC. With `base64-key`, the key
   * is in base64, and may begin with `whsec_`. With `prepended`, the secret is hashed before everything else, without
   * HMAC.
   */
  readonly secret?: SecretUse;
}

export type SecretUse = 'key' | 'base64-key' | 'prepended';

/** A fixed text; or an id or a time in seconds since 1970, from another header or from a part of this one. */
export type SignedPart =
  | string
  | { readonly holds: 'id' | 'seconds'; readonly header: string }
  | { readonly holds: 'id' | 'seconds'; readonly part: string };

/** The secret itself, as a bearer token, as the password of HTTP Basic, or as the whole header. */
export interface SecretScheme {
  readonly header: string;
  /** The accepted forms; the first is the usual one. */
  readonly shown: readonly ('bearer' | 'basic' | 'plain')[];
}

/**
 * The Standard Webhooks signature, which several platforms send. The time is not checked: a retry may be days old, and
 * the sequence of events protects against replays.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: SignatureScheme = {
  header: 'webhook-signature',
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'v1,',
  separator: ' ',
  signedParts: [
    { holds: 'id', header: 'webhook-id' },
    '.',
    { holds: 'seconds', header: 'webhook-timestamp' },
    '.',
  ],
  secret: 'base64-key',
};
