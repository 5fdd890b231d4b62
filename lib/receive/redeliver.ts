import { LabelrelayError } from '../errors';
import { archive } from './archive';
import { authenticate } from './authenticate';
import type { Context } from './context';
import { decode, isUndecodable } from './decode';
import type { Delivery } from './delivery';
import { describeError } from './describe-error';
import { heldSince } from './hold';
import { Journal } from './journal';
import { keep } from './keep';
import { normalize } from './normalize';
import { PREFIX } from './object-keys';
import type { HeldObjects, Ports } from './ports';
import type { ReceiveSettings } from './receive';
import { fromRecord } from './record';
import { send } from './send';

/** What redelivery needs: as the receiver, and to read what is held. */
export interface RedeliverPorts extends Ports {
  readonly objects: HeldObjects;
}

/** How long one delivery may take: the function has 15 minutes. */
const TIME_MS = 600_000;
const DAY_MS = 86_400_000;
export const PARK_AFTER_MS = 7 * DAY_MS;

/**
 * Runs a held delivery through the pipeline, and removes it when it has passed. What is not authentic
 * after all is rejected, what has waited for seven days is parked, all else goes on waiting.
 *
 * @param key of an object under `held/verified/` or `held/unverified/`
 */
export async function redeliver(
  key: string,
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  now: number = Date.now(),
): Promise<void> {
  const journal = new Journal();
  const context = { ...ports, journal, signal: AbortSignal.timeout(TIME_MS) };
  journal.note({ key });
  try {
    expectHeld(key);
    const record = await ports.objects.get(key);
    if (record) await settle(key, record, context, settings, now);
  } catch (error) {
    // Most likely the store of held deliveries itself: nothing was moved or removed.
    journal.note({ error: describeError(error) });
    journal.conclude('error', 'held delivery could not be handled');
  }
  journal.write(ports.telemetry);
}

const isVerified = (key: string): boolean => key.startsWith(`${PREFIX.verified}/`);

/** @throws LabelrelayError `unreadable-record` */
function expectHeld(key: string): void {
  if (isVerified(key) || key.startsWith(`${PREFIX.unverified}/`)) return;
  const expected = `a key under ${PREFIX.verified}/ or ${PREFIX.unverified}/`;
  throw new LabelrelayError('unreadable-record', `expected ${expected}, got another`);
}

type HeldContext = Context & RedeliverPorts;

/** @throws when the held object can neither be moved nor removed */
async function settle(
  key: string,
  record: Uint8Array,
  context: HeldContext,
  settings: ReceiveSettings,
  now: number,
): Promise<void> {
  const { journal, objects } = context;
  const move = async (prefix: string): Promise<void> => {
    await keep(`${prefix}/${key.slice(PREFIX.held.length + 1)}`, record, objects);
    await objects.remove(key);
  };
  try {
    const delivery = fromRecord(record, settings.sources);
    journal.note({ source: delivery.source.name, id: delivery.id, bytes: delivery.body.length });
    if (!isVerified(key)) await authenticate(delivery, context);
    await relay(delivery, context, settings);
    if (!isVerified(key) && settings.archive) await archive(delivery, context);
  } catch (error) {
    journal.note({ error: describeError(error) });
    if (error instanceof LabelrelayError && error.code === 'unauthenticated') {
      await move(PREFIX.rejected);
      journal.count('Rejected');
      journal.conclude('warn', 'held delivery rejected');
    } else if (now - heldSince(key) >= PARK_AFTER_MS) {
      await move(PREFIX.parked);
      journal.count('Parked');
      journal.conclude('error', 'held delivery parked');
    } else {
      journal.conclude('warn', 'held delivery waits');
    }
    return;
  }
  await objects.remove(key);
  journal.count('Redelivered');
  journal.conclude('info', 'held delivery delivered');
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
