/** What is kept in the bucket, by the beginning of its key. */
export const PREFIX = {
  /** `data` of events that is too large for a message. */
  data: 'data',
  /** Authentic bodies that are too deep to travel. */
  raw: 'raw',
  /** Authentic bodies that were answered 400, for a person to look at: they do not expire. */
  undecodable: 'undecodable',
  /** Deliveries that wait; what waited too long or was rejected keeps the rest of its key. */
  held: 'held',
  /** Authentic ones. */
  verified: 'held/verified',
  /** Those that wait for the secret that they are verified with. */
  unverified: 'held/unverified',
  /** Those that are too large for memory, verified or not: their last bytes tell. */
  large: 'held/large',
  /** Those that waited too long, for a person to look at: they do not expire. */
  parked: 'held/parked',
  /** Those that waited for a secret and turned out not to be authentic. */
  rejected: 'rejected',
  /** How far long lists of deliveries that wait have got. */
  progress: 'progress',
  /** Labels that are too large for the table of the label store. They do not expire. */
  state: 'state',
  /** Everything that was accepted, where that is asked for. */
  archive: 'archive',
} as const;

/** What the name of an archived delivery ends in that is never read into memory. */
export const LARGE = '.large';

/** What redelivery looks at. */
export const HELD = [PREFIX.verified, PREFIX.unverified, PREFIX.large] as const;

/** Whether a delivery is never read into memory, wherever it is. */
export const isLargeKey = (key: string): boolean =>
  key.endsWith(LARGE) || /^(held|held\/parked|rejected)\/large\//.test(key);
