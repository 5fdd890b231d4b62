import { LabelrelayError } from '../errors';

/** How long somebody waits for its turn before it is told to come again, in milliseconds. */
const PATIENCE_MS = 30_000;
/** Whose turn it is waits so long for what comes free by itself, */
const COURTESY_MS = 2_000;
/** and no longer than this part of its patience. */
const COURTESY = 1 / 15;

/** Who takes, where some come before others. */
export interface Guest {
  /** Strangers have their turn after all others, and leave when it must be. Asked anew each time. */
  readonly isStranger: () => boolean;
  /** Comes when it has to leave: it then gives back what it has, as soon as it can. */
  readonly leave: AbortController;
}

interface Share {
  readonly amount: number;
  readonly guest: Guest;
  /** How long it waits for strangers when it is its turn, in milliseconds. */
  readonly courtesyMs: number;
  readonly go: () => void;
}

/**
 * Something of which there is so much: who wants more than is left waits, first come first served. Where
 * nothing comes free for the first of those who are no strangers, strangers leave, who has been there for
 * longest before the others.
 */
export class Budget {
  #left: number;
  readonly #taken = new Set<Share>();
  readonly #waiting = new Set<Share>();
  #first: Share | undefined;
  #courtesy: NodeJS.Timeout | undefined;

  constructor(readonly total: number) {
    this.#left = total;
  }

  /** Whether somebody waits for what others have. */
  get isShort(): boolean {
    return this.#waiting.size > 0;
  }

  /**
   * @returns gives it back, once
   * @throws LabelrelayError `unavailable` when nothing was given back for too long, or it had to leave
   */
  take(wanted: number, patienceMs = PATIENCE_MS, guest: Guest = regular()): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const { signal } = guest.leave;
      const share: Share = {
        amount: Math.min(wanted, this.total),
        guest,
        courtesyMs: Math.min(COURTESY_MS, patienceMs * COURTESY),
        go: () => {
          settle();
          resolve(() => this.#giveBack(share));
        },
      };
      const giveUp = (): void => {
        settle();
        this.#waiting.delete(share);
        reject(signal.aborted ? signal.reason : noRoom(patienceMs, this.total));
        this.#serve();
      };
      const patience = setTimeout(giveUp, patienceMs).unref();
      signal.addEventListener('abort', giveUp);
      const settle = (): void => {
        clearTimeout(patience);
        signal.removeEventListener('abort', giveUp);
      };
      this.#waiting.add(share);
      this.#serve();
    });
  }

  #giveBack(share: Share): void {
    if (!this.#taken.delete(share)) return;
    this.#left += share.amount;
    this.#serve();
  }

  #serve(): void {
    let next = this.#next();
    for (; next && next.amount <= this.#left; next = this.#next()) {
      this.#waiting.delete(next);
      this.#taken.add(next);
      this.#left -= next.amount;
      next.go();
    }
    this.#await(next);
  }

  #next(): Share | undefined {
    const waiting = [...this.#waiting];
    return waiting.find(({ guest }) => !guest.isStranger()) ?? waiting[0];
  }

  #await(next: Share | undefined): void {
    if (next === this.#first) return;
    this.#first = next;
    clearTimeout(this.#courtesy);
    if (next) this.#wait(next);
  }

  #wait(first: Share): void {
    this.#courtesy = setTimeout(() => {
      // Who is no stranger any more comes first, from now on.
      if (this.#next() !== first) this.#serve();
      else if (first.guest.isStranger()) this.#wait(first);
      else this.#makeRoom(first.amount);
    }, first.courtesyMs).unref();
  }

  #makeRoom(amount: number): void {
    let coming = this.#left;
    for (const { amount: has, guest } of this.#taken) {
      if (coming >= amount) return;
      if (!guest.isStranger()) continue;
      guest.leave.abort(gaveWay());
      coming += has;
    }
  }
}

const regular = (): Guest => ({ isStranger: () => false, leave: new AbortController() });

const noRoom = (patienceMs: number, total: number): LabelrelayError =>
  new LabelrelayError('unavailable', `expected room within ${patienceMs} ms, got none of ${total}`);

const gaveWay = (): LabelrelayError =>
  new LabelrelayError(
    'unavailable',
    'expected room until the end, gave it to a sender that is known to be authentic',
  );
