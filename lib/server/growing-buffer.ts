/** A chunk of at least this many bytes costs little more than its bytes. */
const LARGE_BYTES = 16_384;
/** Fewer bytes than this are in one buffer, which doubles. Small chunks after them have buffers of this size. */
const STEP_BYTES = 65_536;
const LEAST_BYTES = 4_096;

interface Piece {
  readonly buffer: Uint8Array;
  filled: number;
}

/**
 * Gathers bytes that arrive in chunks. Small chunks are copied together: a chunk of one byte takes one byte of memory.
 * Large chunks are kept as they are: a copy would leave each of their buffers to the garbage collector.
 */
export class GrowingBuffer {
  /** Only the last one may have room. */
  #pieces: Piece[] = [];
  #size = 0;

  /** @param grew is called with the number of bytes by which the buffers grew; negative if they shrank */
  constructor(private readonly grew: (bytes: number) => void = () => {}) {}

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** The bytes may be kept. Nobody else may use them. */
  add(bytes: Uint8Array): void {
    const last = this.#pieces.at(-1);
    if (last && last.filled + bytes.length <= last.buffer.length) {
      last.buffer.set(bytes, last.filled);
      last.filled += bytes.length;
      this.#size += bytes.length;
    } else if ((!last || bytes.length >= LARGE_BYTES) && hasOwnBuffer(bytes)) {
      // A small body usually arrives whole, and needs no copy either.
      this.#push({ buffer: bytes, filled: bytes.length });
    } else {
      this.#makeRoom(bytes.length);
      this.add(bytes);
    }
  }

  /** Makes room for so many more bytes in the last piece. */
  #makeRoom(bytes: number): void {
    const size = this.#size;
    if (size < STEP_BYTES) this.reserve(Math.max(LEAST_BYTES, 2 * size, size + bytes));
    else this.#pushRoom(Math.max(STEP_BYTES, bytes));
  }

  /** Copies all into one buffer with room for this many bytes in all. */
  reserve(bytes: number): void {
    const before = this.takePieces();
    this.#pushRoom(bytes);
    for (const piece of before) this.add(piece);
  }

  /** @returns the bytes so far, each piece in a buffer of its own; leaves none */
  takePieces(): Uint8Array[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#size = 0;
    if (pieces.length > 0) this.grew(-pieces.reduce((sum, { buffer }) => sum + buffer.length, 0));
    return pieces.map(({ buffer, filled }) => buffer.subarray(0, filled));
  }

  /** @returns the bytes so far in one piece; leaves none */
  take(): Uint8Array {
    const pieces = this.takePieces();
    const [only] = pieces;
    return only && pieces.length === 1 ? only : Buffer.concat(pieces);
  }

  #pushRoom(bytes: number): void {
    this.#push({ buffer: Buffer.allocUnsafeSlow(bytes), filled: 0 });
  }

  #push(piece: Piece): void {
    this.#pieces.push(piece);
    this.#size += piece.filled;
    this.grew(piece.buffer.length);
  }
}

/** Whether the buffer of the bytes has no other bytes. */
const hasOwnBuffer = ({ buffer, length }: Uint8Array): boolean => buffer.byteLength === length;
