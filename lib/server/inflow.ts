import type { IncomingMessage } from 'node:http';

/** A body may have so many chunks of any size. */
const FREE_CHUNKS = 64;
/** Beyond that, chunks that are smaller than this on average are counted. */
const SMALL_BYTES = 256;
/** So many of those are read in a second, from all senders together: each takes about 2 µs of CPU. */
const SMALL_PER_MS = 20;

/** Until when the CPU time is spent that small chunks may take, on the clock of `performance.now()`. */
let spentUntil = 0;

/** @returns how long the sender of so many small chunks has to wait, in milliseconds */
function spend(chunks: number): number {
  const now = performance.now();
  spentUntil = Math.max(spentUntil, now) + chunks / SMALL_PER_MS;
  return spentUntil - now;
}

/** What is read of one body at once, at the least, in bytes, */
const ROUND_BYTES = 32_768;
/** or in chunks. Then other connections have their turn. */
const ROUND_CHUNKS = 256;

/**
 * To be set for a server. A stream that is paused takes more until so many bytes wait in it; by default that
 * can be 64 KiB, and each of them a chunk.
 */
export const HIGH_WATER_MARK = 1_024;

/**
 * Reads the body of a request. A sender of very many small chunks is read from more slowly. While nobody reads,
 * no chunk is kept, as Node.js would keep a Buffer for each, whatever its size: what waits, waits in the
 * socket.
 */
export class Inflow {
  #chunks = 0;
  #bytes = 0;
  /** Small chunks that were counted. */
  #counted = 0;
  /** What came in this round. */
  #round = { chunks: 0, bytes: 0 };
  #isHeld = false;
  #slowed: NodeJS.Timeout | undefined;
  #isStarted = false;

  /**
   * @param take is given all bytes
   * @param afterRound is called after each round of them
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
  }

  /** Another may read what is left. */
  stop(): void {
    this.incoming.off('data', this.#onData);
    this.#isStarted = false;
    this.hold(false);
  }

  /** Whether the sender has to wait. */
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
    // Else as much is read as has come, whoever else waits.
    if (round.chunks >= ROUND_CHUNKS || round.bytes >= ROUND_BYTES) this.incoming.pause();
  };

  readonly #endRound = (): void => {
    const { chunks, bytes } = this.#round;
    this.#round = { chunks: 0, bytes: 0 };
    this.#chunks += chunks;
    this.#bytes += bytes;
    // What came since the stream was paused goes to `#onData`, as one. The stream now asks for more, but the
    // socket can be paused.
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
      // A stream that was told to go on does so in the next tick, even if it is paused before.
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
