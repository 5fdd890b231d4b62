/**
 * The least that S3 takes as a part, the last aside, in bytes: 10,000 parts of it are 50 GB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
export const PART_BYTES = 5_242_880;

/** As many as are kept for the next upload. */
const MAX_KEPT = 16;

/** Memory for parts, which is used again: what was thrown away would be there until it is collected. */
export class PartBuffers {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES);
  }

  /** @param buffer which nobody reads any more */
  give(buffer: Buffer): void {
    if (buffer.length === PART_BYTES && this.#free.length < MAX_KEPT) this.#free.push(buffer);
  }
}
