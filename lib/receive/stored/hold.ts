import { LabelrelayError } from '../../errors';
import { isProof } from '../../platforms/proof';
import type { Context } from '../context';
import type { Arrival, Delivery } from '../delivery';
import { keep } from './keep';
import { HELD, PREFIX } from './object-keys';
import { toRecord } from './record';

/** What the name of a held delivery ends in that only takes long: it need not wait for its turn. */
export const NEXT = '.next';

/**
 * Stores an authentic delivery for redelivery: what cannot be finished now.
 *
 * @param reason why it cannot
 * @throws LabelrelayError `unavailable`
 */
export async function hold(
  delivery: Delivery,
  { objects, journal }: Context,
  reason: unknown,
): Promise<void> {
  const takesLong = reason instanceof LabelrelayError && reason.code === 'takes-long';
  const key = heldKey(PREFIX.verified, delivery) + (takesLong ? NEXT : '');
  await keep(key, toRecord(delivery), objects);
  journal.count('Held');
}

/**
 * Stores a delivery whose secret cannot be known now, with what verifies it later.
 *
 * @throws LabelrelayError `unavailable`
 */
export async function holdUnverified(
  delivery: Delivery,
  { objects, journal }: Context,
): Promise<void> {
  const proofs = delivery.credentials.filter(isProof);
  await keep(heldKey(PREFIX.unverified, delivery), toRecord(delivery, proofs), objects);
  journal.count('HeldUnverified');
}

/** No two receipts of the same bytes are one. */
export const heldKey = (prefix: string, { receivedAt, source, draw }: Arrival): string =>
  `${prefix}/${receivedAt.toISOString()}-${source.name}-${draw}`;

/** Whether it is the key of a delivery that waits, parked ones aside. */
export const isHeld = (key: string): boolean => HELD.some((prefix) => key.startsWith(`${prefix}/`));

/**
 * Whether it is taken up as soon as it is stored. What an outage holds is not: each would begin a try
 * that waits for what does not answer, and together they take the concurrency that receive needs.
 */
export const isNext = (key: string): boolean =>
  (isVerified(key) || isLarge(key)) && key.endsWith(NEXT);

/** Whether its delivery was verified before it was held. */
export const isVerified = (key: string): boolean => key.startsWith(`${PREFIX.verified}/`);

/** Whether its delivery is never read into memory. */
export const isLarge = (key: string): boolean => key.startsWith(`${PREFIX.large}/`);

/** When the delivery of a held object was received, in milliseconds since 1970; 0 when it is no such key. */
export const heldSince = (key: string): number =>
  Date.parse(/\/([^/]{24})-[^/]+$/.exec(key)?.[1] ?? '') || 0;

/** Whether nothing of ours has such a key, as a folder that somebody made. */
export const isForeign = (key: string): boolean => heldSince(key) === 0;

/** The source of a held object's delivery. */
export const heldSource = (key: string): string =>
  /\/[^/]{24}-([^/]+)-[0-9a-f-]{36}(?:\.next)?$/.exec(key)?.[1] ?? '';
