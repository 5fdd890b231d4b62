import { LabelrelayError } from '../errors';

/** A sender that takes longer for the beginning of its body may be disconnected, in milliseconds. */
const SPARED_MS = 500;

/** The memory that the beginning of one body takes. */
export interface Beginning {
  readonly stop: AbortController;
  readonly since: number;
  bytes: number;
}

/**
 * Memory for the beginnings of bodies. They never wait: a small delivery is read at once, even while others
 * send large ones. If they take too much memory together, the oldest senders are disconnected.
 */
export class Beginnings {
  #left: number;
  /** Bodies that are not complete, the oldest first. */
  readonly #sending = new Set<Beginning>();

  /** @param total the limit for all of them together, in bytes */
  constructor(total: number) {
    this.#left = total;
  }

  /** Counts a request that has arrived whole: its sender is never disconnected. @returns a function that ends that */
  hold(bytes: number): () => void {
    this.#take(bytes);
    return () => this.#take(-bytes);
  }

  /** @param stop is aborted when the sender is disconnected */
  begin(stop: AbortController, bytes: number): Beginning {
    const beginning = { stop, since: performance.now(), bytes: 0 };
    this.#sending.add(beginning);
    this.grow(beginning, bytes);
    return beginning;
  }

  /** Adds to the count of bytes, or subtracts if negative. Does nothing once it is settled. */
  grow(beginning: Beginning, bytes: number): void {
    if (!this.#sending.has(beginning)) return;
    beginning.bytes += bytes;
    this.#take(bytes);
  }

  /** The body is complete: its sender is not disconnected any more. Its bytes count until the end. */
  settle(beginning: Beginning): void {
    this.#sending.delete(beginning);
  }

  /** Stops counting the bytes. */
  end(beginning: Beginning): void {
    this.settle(beginning);
    this.#take(-beginning.bytes);
    beginning.bytes = 0;
  }

  #take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0 && bytes > 0) this.#makeRoom();
  }

  #makeRoom(): void {
    const late = performance.now() - SPARED_MS;
    let coming = this.#left;
    for (const beginning of this.#sending) {
      if (coming >= 0 || beginning.since >= late) return;
      this.settle(beginning);
      coming += beginning.bytes;
      beginning.stop.abort(tooManySlow());
    }
  }
}

const tooManySlow = (): LabelrelayError =>
  new LabelrelayError(
    'unavailable',
    'expected the rest of a body sooner, gave its room to newer requests',
  );
