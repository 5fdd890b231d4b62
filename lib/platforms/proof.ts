import { createHash, randomBytes } from 'node:crypto';
import type { SecretUse } from './scheme';

/**
 * A proof that the sender has the secret. It can be verified now or later, and does not reveal the secret.
 */
export type Proof =
  /** The digest of the raw body, in hex. */
  | {
      readonly by: 'signature';
      readonly algorithm: 'sha1' | 'sha256';
      readonly digest: string;
      /** The text of the parts that were signed before the body. Held deliveries are stored with this name. */
      readonly before?: string;
      /** The use of the secret; by default it is the key of an HMAC. */
      readonly secret?: SecretUse;
    }
  /** The SHA-256 of the salt and the presented secret, in hex. */
  | { readonly by: 'secret'; readonly salt: string; readonly digest: string };

/** The content of a header for credentials: a proof, or an unreadable one. */
export type Credential = Proof | 'malformed';

export const isProof = (credential: Credential): credential is Proof => credential !== 'malformed';

/** @param shown the presented secret, which is not kept anywhere */
export function saltedDigest(shown: Uint8Array): Proof {
  const salt = randomBytes(16).toString('hex');
  return {
    by: 'secret',
    salt,
    digest: createHash('sha256').update(salt).update(shown).digest('hex'),
  };
}
