import type { Position } from './position';

/**
 * The answer to `Marks.claim`.
 *
 * @example
 * ```ts
 * import { memoryMarks } from 'labelrelay/testing';
 * import type { Claim } from 'labelrelay/worker';
 *
 * const position = { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' };
 * const lease = { owner: 'worker-1', until: Date.now() + 60_000 };
 * const claim: Claim = await memoryMarks().claim('/labelbox/label/1', position, lease);
 * console.log(claim.is); // claimed
 * ```
 */
export type Claim =
  /** Nobody else may take effect under the key until the lease ends. */
  | { readonly is: 'claimed' }
  /** A newer event took effect or is pending, or the same one took effect. */
  | { readonly is: 'stale' | 'duplicate' }
  /** Another event is about to take effect; its lease ends then, in milliseconds since 1970. */
  | { readonly is: 'busy'; readonly until: number };

/**
 * The exclusive right of one worker to apply an event of a subject.
 *
 * @example
 * ```ts
 * import type { Lease } from 'labelrelay/worker';
 *
 * const lease: Lease = { owner: 'worker-1', until: Date.now() + 60_000 };
 * console.log(lease.owner); // worker-1
 * ```
 */
export interface Lease {
  /** Who has it: drawn anew for every try. */
  readonly owner: string;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number;
}

/**
 * For how long an event counts as pending that nothing more is heard of, in milliseconds: twice the
 * longest wait of a message. If it is lost for good, older ones may take effect again after that.
 */
export const PENDING_MS = 30 * 60_000;

/**
 * Remembers for each subject the newest event that took effect, the newest pending event, and the lease.
 *
 * @example
 * ```ts
 * import { memoryMarks } from 'labelrelay/testing';
 * import type { Marks } from 'labelrelay/worker';
 *
 * const marks: Marks = memoryMarks();
 * const position = { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' };
 * const lease = { owner: 'worker-1', until: Date.now() + 60_000 };
 * await marks.claim('/labelbox/label/1', position, lease);
 * console.log(await marks.settle('/labelbox/label/1', position, lease)); // true
 * console.log((await marks.newest('/labelbox/label/1'))?.id); // a
 * ```
 */
export interface Marks {
  /**
   * Takes the lease if the position is newer than the mark, no newer one is pending, and nobody else has
   * the lease. Its position is pending from then on. Whoever has the lease may claim it again.
   */
  claim(key: string, position: Position, lease: Lease): Promise<Claim>;
  /** Has a position that cannot take effect yet count as pending, unless a newer one does. */
  announce(key: string, position: Position): Promise<void>;
  /** @returns false when the lease was lost */
  extend(key: string, lease: Lease): Promise<boolean>;
  /**
   * Sets the mark and gives up the lease.
   *
   * @param expiresAt when the mark may be forgotten, in milliseconds since 1970
   * @returns false when the lease was lost: nothing was set; true also when it was settled before
   */
  settle(key: string, position: Position, lease: Lease, expiresAt?: number): Promise<boolean>;
  /** The newest event that took effect under the key. */
  newest(key: string): Promise<Position | undefined>;
  /**
   * Gives up the lease, so that the next try need not wait for its end. Nothing counts as pending then:
   * an event that failed must not keep older ones from taking effect.
   */
  release(key: string, lease: Lease): Promise<void>;
}
