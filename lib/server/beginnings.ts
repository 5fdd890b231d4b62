import { LabelrelayError } from '../errors';

/** A sender that takes longer for the beginning of its body may be disconnected, in milliseconds. */
const SPARED_MS = 500;

/** The memory that the beginning of one body takes. */
export interface Beginning {
  /** Adds to the count of bytes, or subtracts if negative. Does nothing once it is settled. */
  grow(bytes: number): void;
  /** The body is complete: its sender is not disconnected any more. Its bytes count until the end. */
  settle(): void;
  /** Stops counting the bytes. */
  end(): void;
}

interface Share {
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
  readonly #sending = new Set<Share>();

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
    const share: Share = { stop, since: performance.now(), bytes: 0 };
    let isSettled = false;
    const count = (more: number): void => {
      share.bytes += more;
      this.#take(more);
    };
    const settle = (): void => {
      isSettled = true;
      this.#sending.delete(share);
    };
    this.#sending.add(share);
    count(bytes);
    return {
      grow: (more) => {
        if (!isSettled) count(more);
      },
      settle,
      end: () => {
        settle();
        count(-share.bytes);
      },
    };
  }

  #take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0 && bytes > 0) this.#makeRoom();
  }

  #makeRoom(): void {
    const late = performance.now() - SPARED_MS;
    let coming = this.#left;
    for (const share of this.#sending) {
      if (coming >= 0 || share.since >= late) return;
      this.#sending.delete(share);
      coming += share.bytes;
      share.stop.abort(tooManySlow());
    }
  }
}

const tooManySlow = (): LabelrelayError =>
  new LabelrelayError(
    'unavailable',
    'expected the rest of a body sooner, gave its room to newer requests',
  );
