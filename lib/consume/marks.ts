import type { Position } from './position';

/** What an event that wants to take effect is told. */
export type Claim =
  /** Nobody else may take effect under the key until the lease ends. */
  | { readonly is: 'claimed' }
  /** A newer event took effect, or the same one. */
  | { readonly is: 'stale' | 'duplicate' }
  /** Another event is about to take effect; its lease ends then, in milliseconds since 1970. */
  | { readonly is: 'busy'; readonly until: number };

export interface Lease {
  /** Who has it: drawn anew for every try. */
  readonly owner: string;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number;
}

/** Remembers, for every subject, the newest event that took effect, and who works on it. */
export interface Marks {
  /** Takes the lease if the position is newer than the mark, and nobody has it. */
  claim(key: string, position: Position, lease: Lease): Promise<Claim>;
  /** @returns false when the lease was lost */
  extend(key: string, lease: Lease): Promise<boolean>;
  /**
   * Sets the mark and gives up the lease.
   *
   * @param expiresAt when the mark may be forgotten, in milliseconds since 1970
   * @returns false when the lease was lost: nothing was set
   */
  settle(key: string, position: Position, lease: Lease, expiresAt?: number): Promise<boolean>;
  /** Whether an event took effect under the key. */
  has(key: string): Promise<boolean>;
  /** Gives up the lease, so that the next try need not wait for its end. */
  release(key: string, lease: Lease): Promise<void>;
}
