import type { IncomingMessage } from 'node:http';
import { LabelrelayError } from '../errors';
import { cutOff } from '../receive/http/http';
import { GrowingBuffer } from './growing-buffer';
import { Inflow } from './inflow';

/** The minimum speed of a sender. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** How far it may fall behind, in milliseconds: a network can pause. */
  readonly graceMs: number;
}

/** How often the pace of a sender is checked, in milliseconds. */
const CHECK_MS = 250;
/** A large body is passed on once more than this has arrived. */
const PIECE_BYTES = 262_144;
/** The bytes that are read ahead. A disconnect is only noticed while fewer bytes than this wait. */
const AHEAD_BYTES = 32_768;

export interface BodyWatch {
  readonly pace: Pace;
  /** Stops the body before its end. Is aborted too if the body fails, so that nothing waits in its name. */
  readonly stop: AbortController;
  /** Is called with the number of bytes by which the body's memory grew; negative if it shrank. */
  readonly grew?: (bytes: number) => void;
}

/**
 * The body of a request, as long as its sender keeps the pace. Only the time in which we wait for the sender
 * counts. While nobody asks for more, nothing is read, and the sender has to wait. A sender that was fast
 * may not pause longer than one that has just begun.
 */
export class PacedBody {
  readonly #gathered: GrowingBuffer;
  readonly #inflow: Inflow;
  #limit = 0;
  #isWhole = false;
  #failure: Error | undefined;
  #wake = (): void => {};
  #timer: NodeJS.Timeout | undefined;
  /** The time since which we wait for the sender; undefined while we do not. */
  #since: number | undefined;
  /** The bytes that arrived since then. */
  #came = 0;
  /** How far the sender is behind the pace, in milliseconds; never negative. */
  #behind = 0;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly watch: BodyWatch,
  ) {
    this.#gathered = new GrowingBuffer(watch.grew);
    this.#inflow = new Inflow(incoming, this.#onChunk, this.#onRound);
    incoming.once('end', this.#onEnd);
    incoming.once('error', this.#onError);
    incoming.once('close', this.#onClose);
    watch.stop.signal.addEventListener('abort', this.#onAbort);
  }

  /** The bytes that arrived and were not taken. */
  get size(): number {
    return this.#gathered.size;
  }

  /**
   * Waits until more than `limit` bytes wait to be taken, or the body has ended.
   *
   * @returns whether the body has ended with at most `limit` bytes
   * @throws LabelrelayError `too-slow`, `cut-off`, or the reason of the signal
   */
  async gather(limit: number): Promise<boolean> {
    this.#limit = limit;
    this.#since = performance.now();
    this.#timer ??= setInterval(this.#check, Math.min(CHECK_MS, this.watch.pace.graceMs));
    this.#inflow.hold(false);
    this.#inflow.start();
    while (!this.#isWhole && this.size <= limit) {
      if (this.#failure) throw this.#failure;
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    this.#measure();
    this.#since = undefined;
    return this.#isWhole && this.size <= limit;
  }

  /** Makes room for this many bytes in all. */
  reserve(bytes: number): void {
    this.#gathered.reserve(bytes);
  }

  /** @returns the bytes that arrived and were not taken */
  take(): Uint8Array {
    return this.#gathered.take();
  }

  /**
   * The bytes that were not taken, and the rest of the body. Each piece has a buffer of its own.
   *
   * @throws the errors of `gather`
   */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (let isWhole = false; !isWhole; ) {
      isWhole = await this.gather(PIECE_BYTES);
      yield* this.#gathered.takePieces();
    }
  }

  /** Call this once. The rest of the body can then be read in another way. */
  close(): void {
    clearInterval(this.#timer);
    this.#inflow.stop();
    this.incoming.off('end', this.#onEnd);
    this.incoming.off('close', this.#onClose);
    this.watch.stop.signal.removeEventListener('abort', this.#onAbort);
    this.#gathered.takePieces();
  }

  readonly #onChunk = (chunk: Uint8Array): void => {
    this.#gathered.add(chunk);
    this.#came += chunk.length;
  };

  readonly #onRound = (): void => {
    if (this.size <= this.#limit) return;
    this.#wake();
    if (this.size > this.#limit + AHEAD_BYTES) this.#inflow.hold(true);
  };

  readonly #onEnd = (): void => {
    this.#isWhole = true;
    this.#wake();
  };

  readonly #onError = (cause: Error): void => this.#fail(cutOff(cause));
  readonly #onClose = (): void => {
    // Every request closes, and an error costs more than reading a small body.
    if (!this.#isWhole) this.#fail(cutOff());
  };

  readonly #onAbort = (): void => {
    // A body that has arrived completely is kept.
    if (!this.incoming.complete) this.#fail(this.watch.stop.signal.reason);
  };

  readonly #check = (): void => {
    this.#measure();
    if (this.#behind > this.watch.pace.graceMs) this.#fail(tooSlow());
  };

  #measure(): void {
    if (this.#since === undefined) return;
    const now = performance.now();
    const owed = (this.#came / this.watch.pace.bytesPerSecond) * 1_000;
    this.#behind = Math.max(0, this.#behind + now - this.#since - owed);
    this.#since = now;
    this.#came = 0;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.watch.stop.abort(error);
    this.#wake();
  }
}

const tooSlow = (): LabelrelayError =>
  new LabelrelayError('too-slow', 'expected a body at the least pace, got a slower one');
