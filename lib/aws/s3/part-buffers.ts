/**
 * The smallest part that S3 accepts, the last one aside, in bytes: 10,000 parts of it are 50 GB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */
export const PART_BYTES = 5_242_880;

/** The number of free buffers that are kept for later uploads. */
const MAX_KEPT = 16;

/** A pool of buffers for parts. An unpooled buffer would take memory until the garbage collector runs. */
export class PartBuffers {
  readonly #free: Buffer[] = [];

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES);
  }

  /** @param buffer a buffer that is not read any more */
  give(buffer: Buffer): void {
    if (buffer.length === PART_BYTES && this.#free.length < MAX_KEPT) this.#free.push(buffer);
  }
}
