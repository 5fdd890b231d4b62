import type { SecretVersion } from '../../platforms/secret';

/** Why a delivery is not taken: for the log, never for the sender. */
export type Refusal =
  | 'address'
  | 'credentials-missing'
  | 'credentials-malformed'
  | 'no-secret'
  | 'mismatch';

/**
 * The metrics that alarms, dashboards and commands read. A metric is a count unless its name ends in a unit. CloudWatch
 * charges for each metric in each hour that it is written in.
 */
export type Metric =
  | 'Accepted'
  | 'Held'
  | 'HeldUnverified'
  /** Held deliveries that are too large for memory. */
  | 'HeldLarge'
  /** Authentic deliveries, without those of which every event is `unrecognized`: signs of life of a platform. */
  | 'Heard'
  | 'Refused'
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
  /** Events whose data is a claim check in S3. */
  | 'Offloaded'
  | 'ArchiveFailed'
  /** The time from the request to its answer. */
  | 'AnswerMilliseconds'
  | 'Redelivered'
  | 'Rejected'
  | 'Parked'
  /** The age of the oldest held delivery. Absent while nothing is held. */
  | 'WaitingSeconds'
  /** The messages in all dead-letter queues. Absent while there are none. */
  | 'DeadLetters'
  /** The age of the oldest message in all queues of workers. Absent while they are empty. */
  | 'OldestMessageSeconds'
  /** 1 while a source that usually sends has stopped, else absent. */
  | 'Silent'
  /** Events that the platform never sent. Normally there are none. */
  | 'Recovered'
  /** The time since the last comparison of a source with its platform ended. */
  | 'ReconcileAgeSeconds'
  /** Labels that a comparison did not delete, because they were too many. */
  | 'DeletionsWithheld';

/** The metrics that are read by source. */
const BY_SOURCE: ReadonlySet<Metric> = new Set([
  'Heard',
  'Verified.current',
  'Verified.previous',
  'Silent',
]);
/** The ones of these that are also read for all sources together. */
const ALSO_TOGETHER: ReadonlySet<Metric> = new Set(['Silent']);

/** The sets of dimensions under which a metric is written. Each of them is charged. */
export const dimensionsOf = (metric: Metric): readonly (readonly 'source'[])[] =>
  BY_SOURCE.has(metric) ? [['source'], ...(ALSO_TOGETHER.has(metric) ? [[]] : [])] : [[]];
