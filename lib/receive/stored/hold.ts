import { hasCode } from '../../errors';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { heldKey, NEXT, PREFIX } from './object-keys';
import { toRecord } from './record';
import { store } from './store';

/**
 * Stores an authentic delivery that cannot be finished now. Redelivery finishes it.
 *
 * @param reason the error that prevents it
 * @throws LabelrelayError `unavailable`
 */
export async function hold(
  delivery: Delivery,
  { objects, journal }: Context,
  reason: unknown,
): Promise<void> {
  const key = heldKey(PREFIX.verified, delivery) + (hasCode(reason, 'takes-long') ? NEXT : '');
  await store(key, toRecord(delivery, true), objects);
  journal.count('Held');
  journal.count('Heard');
}

/**
 * Stores a delivery whose secret cannot be read now, with the proofs that verify it later.
 *
 * @throws LabelrelayError `unavailable`
 */
export async function holdUnverified(
  delivery: Delivery,
  { objects, journal }: Context,
): Promise<void> {
  await store(heldKey(PREFIX.unverified, delivery), toRecord(delivery, false), objects);
  journal.count('HeldUnverified');
}
