import { createHash, createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { BodyHash } from '../events/body-hash';
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
      proof.by === 'signature' ? sign(proof.algorithm, this.#text, body) : this.#salted(proof.salt);
    return isSame(expected, proof.digest);
  }

  /** What `verifiesDigest` is to be told of a body; nothing where a proof has nothing to do with it. */
  bodyHash(proof: Proof): BodyHash | undefined {
    if (proof.by !== 'signature') return undefined;
    return { algorithm: proof.algorithm, key: createSecretKey(this.#text, 'utf8') };
  }

  /**
   * The same as `verifies`, where something else read the body.
   *
   * @param digest by `bodyHash`, in hex
   */
  verifiesDigest(proof: Proof, digest: string | undefined): boolean {
    if (proof.by === 'secret') return isSame(this.#salted(proof.salt), proof.digest);
    return digest !== undefined && isSame(Buffer.from(digest, 'hex'), proof.digest);
  }

  #salted(salt: string): Buffer {
    return createHash('sha256').update(salt).update(this.#text).digest();
  }

  /** Whether it is the same text. */
  equals(other: Secret): boolean {
    return isSame(this.#salted(''), other.#salted('').toString('hex'));
  }
}

function sign(algorithm: string, secret: string, body: Uint8Array | string): Buffer {
  const hmac = createHmac(algorithm, secret);
  for (const piece of piecesOf(body)) hmac.update(piece);
  return hmac.digest();
}

/** The only comparison of credentials there is: of digests, which have one length. */
function isSame(digest: Uint8Array, hex: string): boolean {
  const other = Buffer.from(hex, 'hex');
  return digest.length === other.length && timingSafeEqual(digest, other);
}
