import { createHash, createHmac, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import { piecesOf } from './pieces-of';

/** A hash of a body that arrives in pieces. */
export interface BodyHash {
  readonly algorithm: 'sha1' | 'sha256';
  /** With a key, the hash is an HMAC, */
  readonly key?: KeyObject;
  /** unless the key is only hashed before everything else. */
  readonly isKeyPrepended?: boolean;
  /** A text that is hashed before the body. */
  readonly prefix?: string;
}

/** @returns the hash, to be updated with the body */
export function beginHash({ algorithm, key, isKeyPrepended, prefix = '' }: BodyHash): Hash | Hmac {
  const isHmac = key && !isKeyPrepended;
  const running = isHmac ? createHmac(algorithm, key) : createHash(algorithm);
  if (key && isKeyPrepended) running.update(key.export());
  // Each update takes time, however short its text.
  return prefix ? running.update(prefix) : running;
}

/**
 * @param body the bytes, or their UTF-8 text
 * @returns the digest in hex
 */
export function hashBody(hash: BodyHash, body: Uint8Array | string): string {
  const running = beginHash(hash);
  for (const piece of piecesOf(body)) running.update(piece);
  return running.digest('hex');
}
