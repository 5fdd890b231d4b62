import { LabelrelayError } from '../errors';
import { archive } from './archive';
import { authenticate } from './authenticate';
import { sizeOf } from './body';
import type { Context } from './context';
import { decode, isUndecodable } from './decode';
import type { Delivery } from './delivery';
import { describeError } from './describe-error';
import { handleHeld } from './handle-held';
import { heldSince, isVerified } from './hold';
import { moveHeld } from './move-held';
import { normalize } from './normalize';
import { PREFIX } from './object-keys';
import type { Outcome, RedeliverPorts } from './ports';
import type { ReceiveSettings } from './receive';
import { fromRecord } from './record';
import { send } from './send';

/** How long one delivery may take: the function has 15 minutes. */
const TIME_MS = 600_000;
const DAY_MS = 86_400_000;
export const PARK_AFTER_MS = 7 * DAY_MS;

/**
 * Runs a held delivery through the pipeline, and removes it when it has passed, or when its bytes turn
 * out to be no JSON and are kept as such. What is not authentic after all is rejected, what has waited
 * for seven days is parked, all else goes on waiting.
 *
 * @param key of an object under `held/verified/` or `held/unverified/`
 */
export async function redeliver(
  key: string,
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  now: number = Date.now(),
): Promise<Outcome> {
  return handleHeld(key, ports, (record, journal) => {
    const context = { ...ports, journal, signal: AbortSignal.timeout(TIME_MS) };
    return settle(key, record, context, settings, now);
  });
}

type HeldContext = Context & RedeliverPorts;

/** @throws when the held object could not be read as it was stored, moved or removed */
async function settle(
  key: string,
  record: Uint8Array,
  context: HeldContext,
  settings: ReceiveSettings,
  now: number,
): Promise<Outcome> {
  const { journal, objects } = context;
  const move = (prefix: string) => moveHeld(key, record, prefix, objects);
  try {
    const delivery = fromRecord(record, settings.sources);
    journal.note({ source: delivery.source.name, id: delivery.id, bytes: sizeOf(delivery.body) });
    if (!isVerified(key)) await authenticate(delivery, context);
    await relay(delivery, context, settings);
    if (!isVerified(key) && settings.archive) await archive(delivery, context);
  } catch (error) {
    const code = error instanceof LabelrelayError ? error.code : undefined;
    // What was read may be a mistake of the store: the object stays as it is.
    if (code === 'unreadable-record') throw error;
    journal.note({ error: describeError(error) });
    if (code === 'unauthenticated') {
      await move(PREFIX.rejected);
      journal.count('Rejected');
      journal.conclude('warn', 'held delivery rejected');
      return 'rejected';
    }
    if (now - heldSince(key) >= PARK_AFTER_MS) {
      await move(PREFIX.parked);
      journal.count('Parked');
      journal.conclude('error', 'held delivery parked');
      return 'parked';
    }
    journal.conclude('warn', 'held delivery waits');
    return code === 'secrets-unavailable' ? 'waits-for-secret' : 'waits';
  }
  await objects.remove(key);
  journal.count('Redelivered');
  journal.conclude('info', 'held delivery delivered');
  return 'delivered';
}

async function relay(
  delivery: Delivery,
  context: Context,
  settings: ReceiveSettings,
): Promise<void> {
  try {
    const drafts = await normalize(await decode(delivery, context), delivery, context);
    context.journal.note({ events: drafts.length });
    await send(drafts, delivery, context, settings);
  } catch (error) {
    if (!isUndecodable(error)) throw error;
  }
}
