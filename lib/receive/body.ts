/**
 * The body of a delivery as its adapter has it, whose bytes are what was signed: themselves, or a
 * well-formed text that they are the UTF-8 of, so that a large one is in memory once.
 */
export type Body = Uint8Array | string;

/** In bytes. */
export const sizeOf = (body: Body): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.length;

export const bytesOf = (body: Body): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body) : body;
