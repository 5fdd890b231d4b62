/** As much of a body as fits, and whether that is all of it. */
export interface Beginning {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/**
 * Reads a body until it ends or is larger than the limit: then what was read is there, and the rest
 * has still to come.
 *
 * @param limit in bytes
 * @throws what the chunks throw, as when the sender goes away before the end
 */
export async function readBody(
  chunks: AsyncIterator<Uint8Array>,
  limit: number,
): Promise<Beginning> {
  const read: Uint8Array[] = [];
  let size = 0;
  while (size <= limit) {
    const { value, done } = await chunks.next();
    if (done) return { bytes: Buffer.concat(read), isWhole: true };
    read.push(value);
    size += value.length;
  }
  return { bytes: Buffer.concat(read), isWhole: false };
}
