import { LabelrelayError } from '../errors';

/** A sender that takes longer for the beginning of its body may be given up, in milliseconds. */
const SPARED_MS = 500;

/** The memory that the beginning of one body takes. */
export interface Beginning {
  /** Counts so many bytes more, or fewer where that is negative, until it is settled. */
  grow(bytes: number): void;
  /** The body is whole: its sender is not given up any more. Its bytes count until the end. */
  settle(): void;
  /** Counts it no more. */
  end(): void;
}

interface Share {
  readonly stop: AbortController;
  readonly since: number;
  bytes: number;
}

/**
 * Memory for the beginnings of bodies, which wait for nobody: a small delivery is read at once, whatever
 * others send. Where they take too much together, those that have been sent for longest are given up.
 */
export class Beginnings {
  #left: number;
  /** Bodies that are not whole, the oldest first. */
  readonly #sending = new Set<Share>();

  /** @param total what they may take together, in bytes */
  constructor(total: number) {
    this.#left = total;
  }

  /** @param stop is aborted when the body is given up */
  begin(stop: AbortController, bytes: number): Beginning {
    const share: Share = { stop, since: performance.now(), bytes: 0 };
    let isSettled = false;
    const count = (more: number): void => {
      share.bytes += more;
      this.#left -= more;
      if (this.#left < 0 && more > 0) this.#makeRoom();
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
    'expected the rest of a body, gave its room to newer requests',
  );
