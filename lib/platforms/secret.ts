import { createHash, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type BodyHash, hashBody } from '../events/body-hash';
import { parseJson } from '../json/decode';
import { isObject } from '../json/read';
import type { Proof } from './proof';

/** `previous` is a replaced secret that is still valid for a while. */
export type SecretVersion = 'current' | 'previous';

/** A likely mistake in storing a secret, so that it differs from the platform's. */
export type Oddity =
  | 'white space at its ends'
  | 'the JSON around it that the Secrets Manager console writes';

/** Finds a likely mistake in storing a secret, for a warning to operators. The secret is used unchanged. */
export function oddityOf(text: string): Oddity | undefined {
  if (text !== text.trim()) return 'white space at its ends';
  return isObject(parseJson(text))
    ? 'the JSON around it that the Secrets Manager console writes'
    : undefined;
}

/** A text of Latin-1 characters that are not all ASCII. */
const IN_LATIN1 = /^[\0-\xff]*[\x80-\xff][\0-\xff]*$/;

/** A shared secret that can only verify. No other code can read or compare it. */
export class Secret {
  readonly #text: string;
  /** Keys are made once: that takes longer than the HMAC of a small body. */
  readonly #keys = new Map<'utf8' | 'base64', KeyObject>();

  /** @param validUntil in milliseconds since 1970 */
  constructor(
    text: string,
    readonly version: SecretVersion = 'current',
    readonly validUntil = Number.POSITIVE_INFINITY,
  ) {
    this.#text = text;
  }

  /** Whether it is empty or only white space. */
  get isEmpty(): boolean {
    return this.#text.trim() === '';
  }

  get oddity(): Oddity | undefined {
    return oddityOf(this.#text);
  }

  /** An empty secret is never valid. @param at in milliseconds since 1970 */
  isValid(at: number): boolean {
    return !this.isEmpty && at < this.validUntil;
  }

  /**
   * Whether the sender of the proof has this secret. Takes the same time for every wrong guess.
   *
   * @param body the bytes, or their UTF-8 text
   */
  verifies(proof: Proof, body: Uint8Array | string): boolean {
    const hash = this.bodyHash(proof);
    return this.verifiesDigest(proof, hash && hashBody(hash, body));
  }

  /** The hash of the body that `verifiesDigest` needs; undefined if the proof does not depend on the body. */
  bodyHash(proof: Proof): BodyHash | undefined {
    if (proof.by !== 'signature') return undefined;
    const { algorithm, before: prefix, secret } = proof;
    const key = this.#key(secret === 'base64-key' ? 'base64' : 'utf8');
    return { algorithm, key, prefix, isKeyPrepended: secret === 'prepended' };
  }

  #key(encoding: 'utf8' | 'base64'): KeyObject {
    const known = this.#keys.get(encoding);
    if (known) return known;
    const text = encoding === 'base64' ? this.#text.replace(/^whsec_/, '') : this.#text;
    const key = createSecretKey(text, encoding);
    this.#keys.set(encoding, key);
    return key;
  }

  /**
   * Like `verifies`, for a body that was hashed elsewhere.
   *
   * @param digest the digest of `bodyHash`, in hex
   */
  verifiesDigest(proof: Proof, digest: string | undefined): boolean {
    if (proof.by === 'secret') return this.#isShown(proof);
    return digest !== undefined && isSame(Buffer.from(digest, 'hex'), proof.digest);
  }

  /** Senders encode a secret that is not ASCII in UTF-8, or in Latin-1 if it has all characters. */
  #isShown({ salt, digest }: Proof & { readonly by: 'secret' }): boolean {
    const isUtf8 = isSame(this.#salted(salt), digest);
    const isLatin1 = IN_LATIN1.test(this.#text) && isSame(this.#salted(salt, 'latin1'), digest);
    return isUtf8 || isLatin1;
  }

  #salted(salt: string, encoding: 'utf8' | 'latin1' = 'utf8'): Buffer {
    return createHash('sha256').update(salt).update(this.#text, encoding).digest();
  }

  /** Whether both secrets have the same text. */
  equals(other: Secret): boolean {
    return isSame(this.#salted(''), other.#salted('').toString('hex'));
  }
}

/** The only comparison of credentials: of digests, which have the same length. */
function isSame(digest: Uint8Array, hex: string): boolean {
  const other = Buffer.from(hex, 'hex');
  return digest.length === other.length && timingSafeEqual(digest, other);
}
