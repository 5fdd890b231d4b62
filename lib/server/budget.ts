import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../errors';

/** How long somebody waits for its turn before it is told to come again, in milliseconds. */
const PATIENCE_MS = 30_000;

interface Waiting {
  readonly amount: number;
  go(): void;
}

/** Something of which there is so much: who wants more than is left waits, first come first served. */
export class Budget {
  #left: number;
  readonly #waiting: Waiting[] = [];

  constructor(readonly total: number) {
    this.#left = total;
  }

  /** Whether somebody waits for what others have. */
  get isShort(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * @returns gives it back, once
   * @throws LabelrelayError `unavailable` when nothing was given back for too long
   */
  async take(wanted: number, patienceMs = PATIENCE_MS): Promise<() => void> {
    const amount = Math.min(wanted, this.total);
    if (this.isShort || amount > this.#left) await this.#wait(amount, patienceMs);
    else this.#left -= amount;
    let isGiven = true;
    return () => {
      if (!isGiven) return;
      isGiven = false;
      this.#left += amount;
      this.#serve();
    };
  }

  async #wait(amount: number, patienceMs: number): Promise<void> {
    const patience = new AbortController();
    const isServed = await new Promise<boolean>((resolve) => {
      const waiting = { amount, go: () => resolve(true) };
      this.#waiting.push(waiting);
      setTimeout(patienceMs, undefined, { signal: patience.signal, ref: false }).then(
        () => {
          const place = this.#waiting.indexOf(waiting);
          if (place < 0) return;
          this.#waiting.splice(place, 1);
          resolve(false);
          this.#serve();
        },
        () => {},
      );
    });
    patience.abort();
    if (isServed) return;
    throw new LabelrelayError(
      'unavailable',
      `expected room within ${patienceMs} ms, got none of ${this.total}`,
    );
  }

  #serve(): void {
    for (let [next] = this.#waiting; next && next.amount <= this.#left; [next] = this.#waiting) {
      this.#waiting.shift();
      this.#left -= next.amount;
      next.go();
    }
  }
}
