import type { IncomingMessage } from 'node:http';

/** The first chunks of a body are not counted, whatever their size. */
const FREE_CHUNKS = 64;
/** After those, chunks are counted if they are smaller than this on average. */
const SMALL_BYTES = 256;
/** The rate at which small chunks are read, from all senders together: each takes about 2 µs of CPU. */
const SMALL_PER_MS = 20;

/** The time until which the CPU share of small chunks is used up, on the clock of `performance.now()`. */
let spentUntil = 0;

/** @returns how long the sender of these small chunks has to wait, in milliseconds */
function spend(chunks: number): number {
  const now = performance.now();
  spentUntil = Math.max(spentUntil, now) + chunks / SMALL_PER_MS;
  return spentUntil - now;
}

/** A round of reading one body ends after this many bytes, */
const ROUND_BYTES = 32_768;
/** or this many chunks. Then other connections have their turn. */
const ROUND_CHUNKS = 256;

/**
 * The high-water mark to set for the server. A paused stream still buffers up to this many bytes. The default
 * can be 64 KiB, and each byte can be a chunk of its own.
 */
export const HIGH_WATER_MARK = 1_024;

/**
 * Reads the body of a request. Senders of very many small chunks are read from more slowly. While nobody reads,
 * unread data stays in the socket: Node.js would keep a Buffer for each chunk, whatever its size.
 */
export class Inflow {
  #chunks = 0;
  #bytes = 0;
  /** The number of small chunks that were counted. */
  #counted = 0;
  /** The chunks and bytes of this round. */
  #round = { chunks: 0, bytes: 0 };
  #isHeld = false;
  #slowed: NodeJS.Timeout | undefined;
  #isStarted = false;

  /**
   * @param take gets all bytes
   * @param afterRound is called after each round
   */
  constructor(
    private readonly incoming: IncomingMessage,
    private readonly take: (bytes: Uint8Array) => void = () => {},
    private readonly afterRound: () => void = () => {},
  ) {}

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.incoming.on('data', this.#onData);
    // Another reader may have paused it.
    this.#apply();
  }

  /** Stops reading. The rest of the body can then be read in another way. */
  stop(): void {
    this.incoming.off('data', this.#onData);
    this.#isStarted = false;
    this.hold(false);
  }

  /** Makes the sender wait, or lets it continue. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    this.#apply();
  }

  readonly #onData = (bytes: Uint8Array): void => {
    const round = this.#round;
    if (round.chunks === 0) setImmediate(this.#endRound);
    round.chunks++;
    round.bytes += bytes.length;
    this.take(bytes);
    // Without this pause, Node.js would read all that has arrived while other connections wait.
    if (round.chunks >= ROUND_CHUNKS || round.bytes >= ROUND_BYTES) this.incoming.pause();
  };

  readonly #endRound = (): void => {
    const { chunks, bytes } = this.#round;
    this.#round = { chunks: 0, bytes: 0 };
    this.#chunks += chunks;
    this.#bytes += bytes;
    // Bytes that arrived since the stream was paused go to `#onData` as one chunk. Reading them makes the
    // stream ask for more, so the socket has to be paused.
    const left: Uint8Array | null = this.#isStarted ? this.incoming.read() : null;
    if (left) this.#chunks += (left.length * chunks) / bytes;
    this.#slowDown();
    this.afterRound();
    this.#apply();
  };

  #slowDown(): void {
    const small = this.#chunks - FREE_CHUNKS - this.#bytes / SMALL_BYTES;
    if (small <= this.#counted) return;
    const waitMs = spend(small - this.#counted);
    this.#counted = small;
    clearTimeout(this.#slowed);
    this.#slowed = setTimeout(() => {
      this.#slowed = undefined;
      this.#apply();
    }, waitMs).unref();
  }

  get #isPaused(): boolean {
    return this.#isHeld || this.#slowed !== undefined;
  }

  #apply(): void {
    const { incoming } = this;
    const { socket } = incoming;
    if (this.#isPaused) {
      // A resumed stream starts in the next tick, even if it is paused before that.
      process.nextTick(() => {
        if (!this.#isPaused) return;
        socket.pause();
        incoming.pause();
      });
    } else {
      if (socket.isPaused()) socket.resume();
      if (this.#isStarted && incoming.isPaused()) incoming.resume();
    }
  }
}
