import { LabelrelayError } from '../../errors';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import type { Outcome, RedeliverPorts } from '../ports';
import type { ReceiveSettings } from '../receive';
import { archiveStored } from '../stored/archive';
import { heldSince, isVerified } from '../stored/object-keys';
import { isUnreadable } from '../stored/record';
import { openDelivery, type StoredDelivery } from '../stored/stored-delivery';
import { within } from '../time-limits';
import { verifyStored } from '../verify/watch-body';
import { giveUp, handleHeld } from './give-up';
import { forgetProgress } from './progress';
import { relay } from './relay';

/** The time limit for one delivery. The function has 15 minutes. */
const TIME_MS = 600_000;
const DAY_MS = 86_400_000;
export const PARK_AFTER_MS = 7 * DAY_MS;

type HeldContext = Context & RedeliverPorts;

/**
 * Sends the events of a held delivery, and removes it. It is also removed if its body turns out not to be JSON,
 * which is stored elsewhere. A delivery that is not authentic is rejected. One that has waited for seven
 * days, or is not what was stored, is parked. Any other goes on waiting.
 *
 * @param key the key of an object under `held/verified/`, `held/unverified/` or `held/large/`
 */
export const redeliver = (
  key: string,
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  now: number = Date.now(),
): Promise<Outcome> =>
  handleHeld(key, ports, (journal) =>
    within(TIME_MS, (signal) => handle(key, { ...ports, journal, signal }, settings, now)),
  );

async function handle(
  key: string,
  context: HeldContext,
  settings: ReceiveSettings,
  now: number,
): Promise<Outcome> {
  try {
    return await attempt(key, context, settings, now);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  // The first answer may be a mistake of the store: the object is read once more.
  try {
    return await attempt(key, context, settings, now);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    context.journal.note({ error: describeError(error) });
    return giveUp(key, 'parked', context);
  }
}

/** @throws if the delivery is not what was stored, or the store fails to open, move or remove it */
async function attempt(
  key: string,
  context: HeldContext,
  settings: ReceiveSettings,
  now: number,
): Promise<Outcome> {
  const { journal, objects } = context;
  let stored: StoredDelivery | undefined;
  try {
    stored = await openDelivery(key, context, settings.sources);
  } catch (error) {
    if (codeOf(error) !== 'unknown-source') throw error;
    return leave(key, error, context, now);
  }
  if (!stored) return 'gone';
  try {
    await finish(stored, context, settings);
  } catch (error) {
    return leave(key, error, context, now);
  }
  await objects.remove(key);
  if (!stored.inMemory) await forgetProgress(key, objects);
  journal.count('Redelivered');
  journal.conclude('info', 'held delivery delivered');
  return 'delivered';
}

async function finish(
  stored: StoredDelivery,
  context: HeldContext,
  settings: ReceiveSettings,
): Promise<void> {
  const { key, arrival, id, size } = stored;
  context.journal.note({ source: arrival.source.name, id, bytes: size });
  if (!stored.isVerified) await verifyStored(stored, context);
  await relay(stored, context, settings);
  // The receiver has archived what it verified in memory.
  if (settings.archive && !isVerified(key)) await archiveStored(stored, context);
}

/** Decides about a delivery that cannot be finished now: it waits, or redelivery gives up. */
async function leave(
  key: string,
  error: unknown,
  context: HeldContext,
  now: number,
): Promise<Outcome> {
  if (isUnreadable(error)) throw error;
  const { journal } = context;
  journal.note({ error: describeError(error) });
  if (codeOf(error) === 'unauthenticated') return giveUp(key, 'rejected', context);
  if (now - heldSince(key) >= PARK_AFTER_MS) return giveUp(key, 'parked', context);
  journal.conclude('warn', 'held delivery waits');
  return codeOf(error) === 'secrets-unavailable' ? 'waits-for-secret' : 'waits';
}

const codeOf = (error: unknown) => (error instanceof LabelrelayError ? error.code : undefined);
