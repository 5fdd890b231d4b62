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
  | {
      /** The claimant has the lease: no other event of the subject is applied until it ends. */
      readonly is: 'claimed';
    }
  | {
      /** A newer event took effect or is pending (stale), or this event took effect before (duplicate). */
      readonly is: 'stale' | 'duplicate';
    }
  | {
      /** Another worker has the lease. */
      readonly is: 'busy';
      /** The end of its lease, in milliseconds since 1970. */
      readonly until: number;
    };

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
  /** The id of the claimant: a new random id for each try. */
  readonly owner: string;
  /** The end of the lease, in milliseconds since 1970. */
  readonly until: number;
}

/**
 * How long an event stays pending without a new try, in milliseconds: twice the longest wait of a message. If
 * the message is lost, older events may take effect after that.
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
   * Takes the lease if the position is newer than the mark, no newer one is pending, and no other owner has
   * the lease. The position is pending from then on. The owner of a lease may claim it again.
   */
  claim(key: string, position: Position, lease: Lease): Promise<Claim>;
  /** Marks a position as pending that cannot be applied yet, unless a newer one is pending. */
  announce(key: string, position: Position): Promise<void>;
  /** @returns false if the lease was lost */
  extend(key: string, lease: Lease): Promise<boolean>;
  /**
   * Sets the mark, and gives up the lease.
   *
   * @param expiresAt the time when the mark may be deleted, in milliseconds since 1970
   * @returns false if the lease was lost, and nothing was set; true also if the position was settled before
   */
  settle(key: string, position: Position, lease: Lease, expiresAt?: number): Promise<boolean>;
  /** The position of the newest event that took effect under the key; undefined if there is none. */
  newest(key: string): Promise<Position | undefined>;
  /**
   * Gives up the lease, so that the next try need not wait for its end. The position is not pending any more:
   * an event that failed must not keep older ones from taking effect.
   */
  release(key: string, lease: Lease): Promise<void>;
}
