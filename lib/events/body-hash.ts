import { createHash, createHmac, type Hash, type Hmac, type KeyObject } from 'node:crypto';

/** A hash of a body that arrives in pieces. */
export interface BodyHash {
  readonly algorithm: 'sha1' | 'sha256';
  /** With one it is an HMAC, */
  readonly key?: KeyObject;
  /** unless the key is only hashed before all else. */
  readonly isKeyPrepended?: boolean;
  /** What stands before the body. */
  readonly before?: string;
}

/** @returns what takes the body */
export function beginHash({ algorithm, key, isKeyPrepended, before = '' }: BodyHash): Hash | Hmac {
  if (key && !isKeyPrepended) return createHmac(algorithm, key).update(before);
  return createHash(algorithm)
    .update(key?.export() ?? '')
    .update(before);
}
