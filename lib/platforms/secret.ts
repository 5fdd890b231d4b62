import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { piecesOf } from '../events/pieces-of';
import type { Proof } from './proof';

/** `previous`: replaced, and still valid for a while. */
export type SecretVersion = 'current' | 'previous';

/** Whether a proof is one, once the whole body has gone by. */
export interface Verifier {
  update(bytes: Uint8Array): void;
  /** To be asked once, at the end. */
  verifies(): boolean;
}

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

  /** The same for a body that comes in pieces. */
  verifier(proof: Proof): Verifier {
    const hash =
      proof.by === 'signature'
        ? createHmac(proof.algorithm, this.#text)
        : createHash('sha256').update(proof.salt).update(this.#text);
    return {
      update(bytes) {
        if (proof.by === 'signature') hash.update(bytes);
      },
      verifies: () => isSame(hash.digest(), Buffer.from(proof.digest, 'hex')),
    };
  }

  /** Whether it is the same text. */
  equals(other: Secret): boolean {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    return isSame(digest(this.#text), digest(other.#text));
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
