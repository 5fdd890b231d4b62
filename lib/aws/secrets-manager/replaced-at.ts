/** The times of two versions of a secret, in milliseconds since 1970. */
export interface Replacement {
  readonly currentCreatedAt: number;
  readonly previousCreatedAt: number;
  /** The last change of any kind to the secret (LastChangedDate); absent if unknown. */
  readonly changedAt?: number;
  /**
   * The time when this process first saw the two versions in their stages; absent if it did not look before.
   */
  readonly seenAt?: number;
}

/**
 * Estimates when the previous version of a secret was replaced. Secrets Manager does not tell: a version can be
 * pending for weeks before it becomes the current one, and a roll-back makes an old one current again. The result is
 * the latest possible time: after both versions were created, and not after the last change, nor after this
 * process saw the two. A result that is too late lets a secret verify for longer. One that is too early would refuse
 * authentic deliveries.
 */
export function replacedAt({
  currentCreatedAt,
  previousCreatedAt,
  changedAt = Number.NEGATIVE_INFINITY,
  seenAt = Number.POSITIVE_INFINITY,
}: Replacement): number {
  return Math.max(currentCreatedAt, previousCreatedAt, Math.min(changedAt, seenAt));
}
