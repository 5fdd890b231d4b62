import type { Topic } from '../events/topics';
import type { SecretVersion } from '../platforms/secret';

/** Why a delivery is not taken: for the log, never for the sender. */
export type Refusal =
  | 'address'
  | 'credentials-missing'
  | 'credentials-malformed'
  | 'no-secret'
  | 'mismatch';

/** Numbers that alarms and dashboards watch: counts, unless their name ends in a unit. */
export type Metric =
  | 'Accepted'
  | 'Held'
  | 'HeldUnverified'
  /** Too large to be finished while the sender waits. */
  | 'HeldLarge'
  | 'Refused'
  | `Refused.${Refusal}`
  | 'Undecodable'
  | 'TooLarge'
  | 'Unavailable'
  | 'UnexpectedError'
  | 'NormalizeFailed'
  | 'SignaturesDisagree'
  /** By which version of its secret a delivery was verified: tells when the previous one is idle. */
  | `Verified.${SecretVersion}`
  | `Events.${Topic}`
  /** Events whose data went to S3. */
  | 'Offloaded'
  | 'ArchiveFailed'
  /** From the request to its answer. */
  | 'AnswerMilliseconds'
  | 'Redelivered'
  | 'Rejected'
  | 'Parked'
  /** What waits for redelivery, and for how long the oldest of it has. */
  | 'Waiting'
  | 'WaitingSeconds';
