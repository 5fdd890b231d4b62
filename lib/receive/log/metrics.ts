import type { Topic } from '../../events/topics';
import type { SecretVersion } from '../../platforms/secret';

/** Why a delivery is not taken: for the log, never for the sender. */
export type Refusal =
  | 'address'
  | 'credentials-missing'
  | 'credentials-malformed'
  | 'no-secret'
  | 'mismatch';

/** The metrics that alarms and dashboards watch. A metric is a count unless its name ends in a unit. */
export type Metric =
  | 'Accepted'
  | 'Held'
  | 'HeldUnverified'
  /** Held deliveries that are too large for memory. */
  | 'HeldLarge'
  | 'Refused'
  | `Refused.${Refusal}`
  | 'Undecodable'
  | 'TooLarge'
  | 'Unavailable'
  | 'UnexpectedError'
  | 'NormalizeFailed'
  | 'SignaturesDisagree'
  /**
   * Deliveries by the version of the secret that verified them. They show when the previous version is unused.
   */
  | `Verified.${SecretVersion}`
  | `Events.${Topic}`
  /** Events whose data is a claim check in S3. */
  | 'Offloaded'
  | 'ArchiveFailed'
  /** The time from the request to its answer. */
  | 'AnswerMilliseconds'
  | 'Redelivered'
  | 'Rejected'
  | 'Parked'
  /** The number of held deliveries, and the age of the oldest. */
  | 'Waiting'
  | 'WaitingSeconds'
  /** 1 if a source usually sends and has stopped, else 0. */
  | 'Silent'
  /** Events that the platform never sent. Normally there are none. */
  | 'Recovered'
  /** The time since the last comparison of a source with its platform ended. */
  | 'ReconcileAgeSeconds'
  /** Labels that a comparison did not delete, because they were too many. */
  | 'DeletionsWithheld';
