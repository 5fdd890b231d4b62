const LEAST_BYTES = 4_096;
/** It doubles until then: beyond that so much is added at a time. */
const STEP_BYTES = 65_536;

/** Bytes that come in pieces, copied into one buffer: a piece of one byte takes one byte. */
export class GrowingBuffer {
  #buffer: Uint8Array = new Uint8Array();
  #size = 0;

  /** @param grew is told by how many bytes the buffer has grown, or shrunk where that is negative */
  constructor(private readonly grew: (bytes: number) => void = () => {}) {}

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array): void {
    const size = this.#size + bytes.length;
    if (size > this.#buffer.length) this.reserve(Math.max(size, grown(this.#buffer.length)));
    this.#buffer.set(bytes, this.#size);
    this.#size = size;
  }

  /** Makes room for so many bytes in all. */
  reserve(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(bytes);
    larger.set(this.#buffer.subarray(0, this.#size));
    this.#replace(larger);
  }

  /** @returns what has come so far; the buffer is empty then */
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
