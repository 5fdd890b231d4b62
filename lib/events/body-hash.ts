import { createHash, createHmac, type Hash, type Hmac, type KeyObject } from 'node:crypto';

/** What is computed of a body that comes in pieces. */
export interface BodyHash {
  readonly algorithm: 'sha1' | 'sha256';
  /** With one it is an HMAC. */
  readonly key?: KeyObject;
  /** What stands before the body. */
  readonly before?: string;
}

/** @returns what takes the body */
export const beginHash = ({ algorithm, key, before = '' }: BodyHash): Hash | Hmac =>
  (key ? createHmac(algorithm, key) : createHash(algorithm)).update(before);
