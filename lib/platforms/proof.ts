import { createHash, randomBytes } from 'node:crypto';
import type { SecretUse } from './scheme';

/**
 * What shows that a sender has the secret: enough to verify it, now or later, and nothing of the
 * secret itself.
 */
export type Proof =
  /** The digest of the raw body, in hex. */
  | {
      readonly by: 'signature';
      readonly algorithm: 'sha1' | 'sha256';
      readonly digest: string;
      /** What was signed before the body. */
      readonly before?: string;
      /** An HMAC with it as the key, unless said. */
      readonly secret?: SecretUse;
    }
  /** The SHA-256 of the salt and of what was shown as the secret, in hex. */
  | { readonly by: 'secret'; readonly salt: string; readonly digest: string };

/** What a header for credentials holds: a proof, or none that can be read. */
export type Credential = Proof | 'malformed';

export const isProof = (credential: Credential): credential is Proof => credential !== 'malformed';

/** @param shown what came in place of the secret, which goes no further than here */
export function saltedDigest(shown: Uint8Array): Proof {
  const salt = randomBytes(16).toString('hex');
  return {
    by: 'secret',
    salt,
    digest: createHash('sha256').update(salt).update(shown).digest('hex'),
  };
}
