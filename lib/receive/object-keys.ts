/** What is kept in the bucket, by the beginning of its key. */
export const PREFIX = {
  /** `data` of events that is too large for a message. */
  data: 'data',
  /** Authentic bodies that are too deep to travel. */
  raw: 'raw',
  /** Authentic bodies that were answered 400, for a person to look at: they do not expire. */
  undecodable: 'undecodable',
} as const;
