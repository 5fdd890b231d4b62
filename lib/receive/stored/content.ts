import { createHash } from 'node:crypto';

/** The bytes of an object or of a request: bytes, a text in UTF-8, or consecutive texts, which are never joined in memory. */
export type Content = Uint8Array | string | readonly string[];

export const partsOf = (content: Content): readonly (Uint8Array | string)[] =>
  typeof content === 'string' || content instanceof Uint8Array ? [content] : content;

/** The SHA-256 in hex. */
export function sha256Of(content: Content): string {
  const digest = createHash('sha256');
  for (const part of partsOf(content)) digest.update(part);
  return digest.digest('hex');
}

/** The size in bytes. */
export const lengthOf = (content: Content): number =>
  partsOf(content).reduce((sum, part) => sum + Buffer.byteLength(part), 0);
