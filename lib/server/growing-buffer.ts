const LEAST_BYTES = 4_096;
/** A buffer doubles up to this size, and then grows by this many bytes at a time. */
const STEP_BYTES = 65_536;

/** Copies bytes that arrive in pieces into one buffer. A piece of one byte takes one byte of memory. */
export class GrowingBuffer {
  #buffer: Uint8Array = new Uint8Array();
  #size = 0;

  /** @param grew is called with the number of bytes by which the buffer grew; negative if it shrank */
  constructor(private readonly grew: (bytes: number) => void = () => {}) {}

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** The bytes may become the buffer. Nobody else may use them. */
  add(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    // A small body usually arrives whole, and needs no copy.
    if (this.#buffer.length === 0) this.#replace(bytes);
    else {
      if (size > this.#buffer.length) this.reserve(Math.max(size, grown(this.#buffer.length)));
      this.#buffer.set(bytes, this.#size);
    }
    this.#size = size;
  }

  /** Makes room for this many bytes in all. */
  reserve(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(bytes);
    larger.set(this.#buffer.subarray(0, this.#size));
    this.#replace(larger);
  }

  /** @returns the bytes so far; empties the buffer */
  take(): Uint8Array {
    const taken = this.#buffer.subarray(0, this.#size);
    this.#size = 0;
    this.#replace(new Uint8Array());
    return taken;
  }

  #replace(buffer: Uint8Array): void {
    const bytes = buffer.length - this.#buffer.length;
    this.#buffer = buffer;
    if (bytes !== 0) this.grew(bytes);
  }
}

const grown = (bytes: number): number => Math.max(LEAST_BYTES, bytes + Math.min(bytes, STEP_BYTES));
