/**
 * The body of a delivery as its adapter has it. The signed bytes are the bytes, or the UTF-8 of a well-formed text.
 * Thus a large body is in memory once.
 */
export type Body = Uint8Array | string;

/** The size in bytes. */
export const sizeOf = (body: Body): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.length;

export const bytesOf = (body: Body): Uint8Array =>
  typeof body === 'string' ? Buffer.from(body) : body;
