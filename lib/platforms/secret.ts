import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { piecesOf } from '../events/pieces-of';
import type { Proof } from './proof';

/** `previous`: replaced, and still valid for a while. */
export type SecretVersion = 'current' | 'previous';

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

  get isEmpty(): boolean {
    return this.#text === '';
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
    const expected =
      proof.by === 'signature'
        ? sign(proof.algorithm, this.#text, body)
        : createHash('sha256').update(proof.salt).update(this.#text).digest();
    return isSame(expected, Buffer.from(proof.digest, 'hex'));
  }
}

function sign(algorithm: string, secret: string, body: Uint8Array | string): Buffer {
  const hmac = createHmac(algorithm, secret);
  for (const piece of piecesOf(body)) hmac.update(piece);
  return hmac.digest();
}

/** The only comparison of credentials there is: of digests, which have one length. */
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
