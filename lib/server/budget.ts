import { LabelrelayError } from '../errors';

/** How long a claim waits before its sender is told to retry, in milliseconds. */
const WAIT_MS = 30_000;
/** One owner may hold this part of the total. The rest stays for others. */
const SHARE_OF_ONE = 1 / 2;

export interface ClaimOptions {
  readonly waitMs?: number;
  /** Claims of one owner share a cap. A claim without an owner has none. */
  readonly owner?: string;
  /** Ends the wait, with its reason. */
  readonly signal?: AbortSignal;
}

interface Claim {
  readonly amount: number;
  readonly owner: string | undefined;
  readonly grant: () => void;
}

/**
 * A fixed amount of something: places, or bytes of memory. A claim that does not fit waits, first come,
 * first served. Claims of an owner that holds its cap let others pass.
 */
export class Budget {
  #left: number;
  readonly #held = new Map<string, number>();
  readonly #queue = new Set<Claim>();

  constructor(readonly total: number) {
    this.#left = total;
  }

  /**
   * @param wanted the amount; more than the total counts as the total
   * @returns a function that gives the amount back; a second call does nothing
   * @throws LabelrelayError `unavailable` when the wait was too long, or the reason of the signal
   */
  take(
    wanted: number,
    { waitMs = WAIT_MS, owner, signal }: ClaimOptions = {},
  ): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        this.#queue.delete(claim);
      };
      const giveUp = (): void => {
        end();
        reject(signal?.aborted ? signal.reason : noRoom(waitMs, this.total));
        this.#serve();
      };
      const claim: Claim = {
        amount: Math.min(wanted, this.total),
        owner,
        grant: () => {
          end();
          this.#count(claim, 1);
          resolve(once(() => this.#giveBack(claim)));
        },
      };
      const timer = setTimeout(giveUp, waitMs).unref();
      signal?.addEventListener('abort', giveUp);
      this.#queue.add(claim);
      if (signal?.aborted) giveUp();
      else this.#serve();
    });
  }

  #giveBack(claim: Claim): void {
    this.#count(claim, -1);
    this.#serve();
  }

  #serve(): void {
    for (const claim of this.#queue) {
      if (this.#isAtCap(claim)) continue;
      // Smaller claims behind a large one wait too, or the large one would wait for ever.
      if (claim.amount > this.#left) return;
      claim.grant();
    }
  }

  /** An owner that holds nothing may take any amount. Otherwise a large claim could never be granted. */
  #isAtCap({ amount, owner }: Claim): boolean {
    const held = owner === undefined ? 0 : (this.#held.get(owner) ?? 0);
    return held > 0 && held + amount > this.total * SHARE_OF_ONE;
  }

  #count({ amount, owner }: Claim, sign: 1 | -1): void {
    this.#left -= sign * amount;
    if (owner === undefined) return;
    const held = (this.#held.get(owner) ?? 0) + sign * amount;
    if (held > 0) this.#held.set(owner, held);
    else this.#held.delete(owner);
  }
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}

const noRoom = (waitMs: number, total: number): LabelrelayError =>
  new LabelrelayError('unavailable', `expected room within ${waitMs} ms, got none of ${total}`);
