import { IncomingMessage } from 'node:http';

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

/** Requests whose sockets are not read. */
const paused = new WeakSet<IncomingMessage>();

/** A request of Node.js asks its socket for more after each chunk, even if the socket is paused. */
class PausableRequest extends IncomingMessage {
  override _read(size: number): void {
    if (!paused.has(this)) super._read(size);
  }
}

/**
 * The options of a server for `Inflow`. A stream that nobody reads buffers up to the high-water mark. Its default can
 * be 64 KiB, and each byte can be a chunk of its own.
 */
export const INFLOW_OPTIONS = { highWaterMark: 1_024, IncomingMessage: PausableRequest };

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
    // In this order: the first bytes may pause the socket, and a resumed one starts in the next tick.
    this.#apply();
    this.incoming.on('data', this.#onData);
  }

  /** Stops reading. The rest of the body can then be read in another way. */
  stop(): void {
    this.incoming.off('data', this.#onData);
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
    // Without this pause, Node.js would read all that has arrived while other connections wait. The stream is not
    // paused: it would keep a Buffer for each chunk of what was read already.
    if (this.#isRoundFull) this.#apply();
  };

  readonly #endRound = (): void => {
    const { chunks, bytes } = this.#round;
    this.#round = { chunks: 0, bytes: 0 };
    this.#chunks += chunks;
    this.#bytes += bytes;
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

  get #isRoundFull(): boolean {
    return this.#round.chunks >= ROUND_CHUNKS || this.#round.bytes >= ROUND_BYTES;
  }

  #apply(): void {
    const { socket } = this.incoming;
    if (this.#isHeld || this.#slowed || this.#isRoundFull) {
      paused.add(this.incoming);
      socket.pause();
    } else {
      paused.delete(this.incoming);
      socket.resume();
    }
  }
}
