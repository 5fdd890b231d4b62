import { LabelrelayError } from '../errors';
import type { Guest } from './budget';

/** A sender that takes longer for the beginning of its body may have to leave, in milliseconds. */
const PATIENCE_MS = 500;

/** What the beginning of one body takes. */
export interface Beginning {
  /** Counts so many bytes more, or fewer where that is negative, until it is settled. */
  grow(bytes: number): void;
  /** All has come: its sender need not leave any more, and what was counted stays so until the end. */
  settle(): void;
  /** Counts it no more. */
  end(): void;
}

interface Share {
  readonly guest: Guest;
  readonly since: number;
  bytes: number;
}

/**
 * Memory for the beginnings of bodies, which wait for nobody: a small delivery is read at once, whatever
 * others send. Where they take too much together, those that have been sent for longest are given up.
 */
export class Beginnings {
  #left: number;
  /** Those whose senders are waited for, the oldest first. */
  readonly #sending = new Set<Share>();

  /** @param total what they may take together, in bytes */
  constructor(total: number) {
    this.#left = total;
  }

  begin(guest: Guest, bytes: number): Beginning {
    const share: Share = { guest, since: performance.now(), bytes: 0 };
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
    const late = performance.now() - PATIENCE_MS;
    const old = [...this.#sending].filter(({ since }) => since < late);
    const isStranger = ({ guest }: Share): boolean => guest.isStranger();
    const known = old.filter((share) => !isStranger(share));
    let coming = this.#left;
    for (const share of [...old.filter(isStranger), ...known]) {
      if (coming >= 0) return;
      this.#sending.delete(share);
      coming += share.bytes;
      share.guest.leave.abort(gaveWay());
    }
  }
}

const gaveWay = (): LabelrelayError =>
  new LabelrelayError(
    'unavailable',
    'expected the rest of a body, gave its room to newer requests',
  );
