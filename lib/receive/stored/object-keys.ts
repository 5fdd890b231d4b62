import type { Arrival, Source } from '../delivery';

/** The prefixes of all keys in the bucket. */
export const PREFIX = {
  /** `data` of events that is too large for a message. */
  data: 'data',
  /** Authentic bodies that nest too deeply for an event. */
  raw: 'raw',
  /** Authentic bodies that were answered 400. A person looks at them: they do not expire. */
  undecodable: 'undecodable',
  /** Deliveries that wait. A parked or rejected one keeps the rest of its key. */
  held: 'held',
  /** Authentic ones. The receiver has archived them. */
  verified: 'held/verified',
  /** Those that wait for the secret that verifies them. */
  unverified: 'held/unverified',
  /** Those that are too large for memory, verified or not: the end of the record tells. */
  large: 'held/large',
  /** Those that waited too long. A person looks at them: they do not expire. */
  parked: 'held/parked',
  /** Those that waited for a secret and turned out not to be authentic. */
  rejected: 'rejected',
  /** The progress in long lists of deliveries that wait, and parts of events that do not fit into memory. */
  progress: 'progress',
  /** Labels that are too large for the table of the label store. They do not expire. */
  state: 'state',
  /** All accepted deliveries, if the archive is on. */
  archive: 'archive',
} as const;

/** The prefixes of deliveries that redelivery tries. */
export const HELD = [PREFIX.verified, PREFIX.unverified, PREFIX.large] as const;

/** The suffix of held deliveries that only take long. Redelivery begins with them as soon as they are stored. */
export const NEXT = '.next';

/** The suffix of archived deliveries that are too large for memory. */
const LARGE = '.large';

/** Whether the delivery of a held, parked, rejected or archived object is too large for memory. */
export const isLarge = (key: string): boolean =>
  key.endsWith(LARGE) || /^(held|held\/parked|rejected)\/large\//.test(key);

/** The key of a held delivery. It is unique to the receipt: the same bytes may arrive again. */
export const heldKey = (prefix: string, { receivedAt, source, receiptId }: Arrival): string =>
  `${prefix}/${receivedAt.toISOString()}-${source.name}-${receiptId}`;

/** The key of an archived delivery. */
export function archiveKey(
  { source, receivedAt, receiptId }: Arrival,
  id: string,
  isLarge = false,
): string {
  const day = receivedAt.toISOString().slice(0, 10);
  return `${PREFIX.archive}/${source.name}/${day}/${id}-${receiptId}${isLarge ? LARGE : ''}`;
}

/** The key of an authentic body that does not fit into an event. */
export const rawKey = ({ name }: Source, id: string): string => `${PREFIX.raw}/${name}/${id}`;

/** The same key under another prefix. @param key under `held/` */
export const under = (prefix: string, key: string): string =>
  `${prefix}/${key.slice(PREFIX.held.length + 1)}`;

/** Whether a key is that of a delivery that waits. Parked ones do not. */
export const isHeld = (key: string): boolean => HELD.some((prefix) => key.startsWith(`${prefix}/`));

/** Whether the receiver verified the delivery, and archived it if the archive is on. */
export const isVerified = (key: string): boolean => key.startsWith(`${PREFIX.verified}/`);

/**
 * Whether redelivery begins with a delivery as soon as it is stored. Those that an outage holds wait for
 * the sweep: their tries would only wait, and take the concurrency that the receive function needs.
 */
export const isNext = (key: string): boolean =>
  (isVerified(key) || key.startsWith(`${PREFIX.large}/`)) && key.endsWith(NEXT);

/** The time when a held delivery was received, in milliseconds since 1970; 0 if the key is not of this form. */
export const heldSince = (key: string): number =>
  Date.parse(/\/([^/]{24})-[^/]+$/.exec(key)?.[1] ?? '') || 0;

/** Whether labelrelay never makes such a key: somebody else stored the object, such as a folder. */
export const isForeign = (key: string): boolean => heldSince(key) === 0;

/** The source of a held delivery. */
export const heldSource = (key: string): string =>
  /\/[^/]{24}-([^/]+)-[0-9a-f-]{36}(?:\.next)?$/.exec(key)?.[1] ?? '';
