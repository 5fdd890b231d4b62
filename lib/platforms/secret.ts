import { createHash, createSecretKey, timingSafeEqual } from 'node:crypto';
import { type BodyHash, beginHash } from '../events/body-hash';
import { piecesOf } from '../events/pieces-of';
import { parseJson } from '../json/decode';
import { isObject } from '../json/read';
import type { Proof } from './proof';

/** `previous`: replaced, and still valid for a while. */
export type SecretVersion = 'current' | 'previous';

/** How a secret was stored that is most likely not what its platform has. */
export type Oddity =
  | 'white space at its ends'
  | 'the JSON around it that the Secrets Manager console writes';

/** Tells a mistake in storing a secret, as it is told to whoever runs this. It is used as it is all the same. */
export function oddityOf(text: string): Oddity | undefined {
  if (text !== text.trim()) return 'white space at its ends';
  return isObject(parseJson(text))
    ? 'the JSON around it that the Secrets Manager console writes'
    : undefined;
}

/** Has characters outside ASCII, and none that Latin-1 does not have. */
const IN_LATIN1 = /^[\0-\xff]*[\x80-\xff][\0-\xff]*$/;

/** A shared secret, which can do one thing alone: verify. Nothing else can read or compare it. */
export class Secret {
  readonly #text: string;

  /** @param validUntil in milliseconds since 1970 */
  constructor(
    text: string,
    readonly version: SecretVersion = 'current',
    readonly validUntil = Number.POSITIVE_INFINITY,
  ) {
    this.#text = text;
  }

  /** Whether there is nothing in it, or white space alone. */
  get isEmpty(): boolean {
    return this.#text.trim() === '';
  }

  get oddity(): Oddity | undefined {
    return oddityOf(this.#text);
  }

  /** @param at in milliseconds since 1970. An empty secret never is. */
  isValid(at: number): boolean {
    return !this.isEmpty && at < this.validUntil;
  }

  /**
   * Whether who made the proof has this secret. Takes the same time however near a guess comes.
   *
   * @param body its bytes, or what they are in UTF-8
   */
  verifies(proof: Proof, body: Uint8Array | string): boolean {
    const hash = this.bodyHash(proof);
    if (!hash) return this.verifiesDigest(proof, undefined);
    const running = beginHash(hash);
    for (const piece of piecesOf(body)) running.update(piece);
    return isSame(running.digest(), proof.digest);
  }

  /** What `verifiesDigest` is to be told of a body; nothing where a proof has nothing to do with it. */
  bodyHash(proof: Proof): BodyHash | undefined {
    if (proof.by !== 'signature') return undefined;
    const { algorithm, before, secret } = proof;
    const key =
      secret === 'base64-key'
        ? createSecretKey(this.#text.replace(/^whsec_/, ''), 'base64')
        : createSecretKey(this.#text, 'utf8');
    return { algorithm, key, before, isKeyPrepended: secret === 'prepended' };
  }

  /**
   * The same as `verifies`, where something else read the body.
   *
   * @param digest by `bodyHash`, in hex
   */
  verifiesDigest(proof: Proof, digest: string | undefined): boolean {
    if (proof.by === 'secret') return this.#isShown(proof);
    return digest !== undefined && isSame(Buffer.from(digest, 'hex'), proof.digest);
  }

  /** A header has bytes: a sender writes a secret outside ASCII in UTF-8, or in Latin-1 where that has it. */
  #isShown({ salt, digest }: Proof & { readonly by: 'secret' }): boolean {
    const isUtf8 = isSame(this.#salted(salt), digest);
    const isLatin1 = IN_LATIN1.test(this.#text) && isSame(this.#salted(salt, 'latin1'), digest);
    return isUtf8 || isLatin1;
  }

  #salted(salt: string, encoding: 'utf8' | 'latin1' = 'utf8'): Buffer {
    return createHash('sha256').update(salt).update(this.#text, encoding).digest();
  }

  /** Whether it is the same text. */
  equals(other: Secret): boolean {
    return isSame(this.#salted(''), other.#salted('').toString('hex'));
  }
}

/** The only comparison of credentials there is: of digests, which have one length. */
function isSame(digest: Uint8Array, hex: string): boolean {
  const other = Buffer.from(hex, 'hex');
  return digest.length === other.length && timingSafeEqual(digest, other);
}
