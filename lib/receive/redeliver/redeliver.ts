import { LabelrelayError } from '../../errors';
import { sizeOf } from '../body';
import type { Context } from '../context';
import { relayLarge } from '../large/relay-large';
import { describeError } from '../log/describe-error';
import type { Outcome, RedeliverPorts } from '../ports';
import type { ReceiveSettings } from '../receive';
import { archive } from '../stored/archive';
import { expectKnown, isUnreadable } from '../stored/expect-known';
import { heldSince, isLarge, isVerified } from '../stored/hold';
import { readEnd } from '../stored/large-record';
import { moveHeld } from '../stored/move-held';
import { PREFIX } from '../stored/object-keys';
import { fromRecord } from '../stored/record';
import { within } from '../time-limits';
import { authenticate } from '../verify/authenticate';
import { handleHeld } from './handle-held';
import { forgetProgress } from './progress';
import { relay } from './relay';

/** How long one delivery may take: the function has 15 minutes. */
const TIME_MS = 600_000;
const DAY_MS = 86_400_000;
export const PARK_AFTER_MS = 7 * DAY_MS;

/**
 * Runs a held delivery through the pipeline, and removes it when it has passed, or when its bytes turn
 * out to be no JSON and are kept as such. What is not authentic after all is rejected, what has waited
 * for seven days, or is not what was stored, is parked, all else goes on waiting.
 *
 * @param key of an object under `held/verified/` or `held/unverified/`
 */
export async function redeliver(
  key: string,
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  now: number = Date.now(),
): Promise<Outcome> {
  return handleHeld(key, ports, (journal) =>
    within(TIME_MS, (signal) => handle(key, { ...ports, journal, signal }, settings, now)),
  );
}

async function handle(
  key: string,
  context: HeldContext,
  settings: ReceiveSettings,
  now: number,
): Promise<Outcome> {
  const attempt = async (): Promise<Outcome> => {
    const work = await (isLarge(key) ? workOnLarge : workOnSmall)(key, context, settings);
    return work ? settle(key, work, context, now) : 'gone';
  };
  const unlessUnreadable = (error: unknown): void => {
    if (!isUnreadable(error)) throw error;
  };
  try {
    return await attempt();
  } catch (error) {
    unlessUnreadable(error);
  }
  // The first answer may be a mistake of the store: the object is read once more.
  try {
    return await attempt();
  } catch (error) {
    unlessUnreadable(error);
    // Another version may end its records in another way: only their beginning tells.
    await expectKnown(key, context);
    context.journal.note({ error: describeError(error) });
    return giveUp(key, PREFIX.parked, context);
  }
}

type HeldContext = Context & RedeliverPorts;

/** What is done with one held delivery. */
interface Work {
  relay(): Promise<void>;
  remove(): Promise<void>;
}

/** @returns undefined when there is no such delivery (any more) */
async function workOnSmall(
  key: string,
  context: HeldContext,
  settings: ReceiveSettings,
): Promise<Work | undefined> {
  const { journal, objects } = context;
  const record = await objects.get(key);
  if (!record) return undefined;
  return {
    async relay() {
      const delivery = fromRecord(record, settings.sources);
      const { source, id, body } = delivery;
      journal.note({ source: source.name, id, bytes: sizeOf(body) });
      if (!isVerified(key)) await authenticate(delivery, context);
      await relay(delivery, context, settings);
      if (!isVerified(key) && settings.archive) await archive(delivery, context);
    },
    remove: () => objects.remove(key),
  };
}

async function workOnLarge(
  key: string,
  context: HeldContext,
  settings: ReceiveSettings,
): Promise<Work | undefined> {
  const end = await readEnd(key, context.large);
  if (!end) return undefined;
  return {
    relay: () => relayLarge(key, end, context, settings),
    async remove() {
      await context.objects.remove(key);
      await forgetProgress(key, context.objects);
    },
  };
}

/** @throws when the held object could not be read as it was stored, moved or removed */
async function settle(
  key: string,
  { relay, remove }: Work,
  context: HeldContext,
  now: number,
): Promise<Outcome> {
  const { journal } = context;
  try {
    await relay();
  } catch (error) {
    if (isUnreadable(error)) throw error;
    const code = error instanceof LabelrelayError ? error.code : undefined;
    // What a newer version stored stays as it is.
    if (code === 'unknown-version') throw error;
    journal.note({ error: describeError(error) });
    if (code === 'unauthenticated') return giveUp(key, PREFIX.rejected, context);
    if (now - heldSince(key) >= PARK_AFTER_MS) return giveUp(key, PREFIX.parked, context);
    journal.conclude('warn', 'held delivery waits');
    return code === 'secrets-unavailable' ? 'waits-for-secret' : 'waits';
  }
  await remove();
  journal.count('Redelivered');
  journal.conclude('info', 'held delivery delivered');
  return 'delivered';
}

/** Moves a held delivery to where it is not tried any more. */
async function giveUp(
  key: string,
  prefix: typeof PREFIX.parked | typeof PREFIX.rejected,
  context: HeldContext,
): Promise<Outcome> {
  const { journal } = context;
  if (!(await moveHeld(key, prefix, context))) return 'gone';
  if (prefix === PREFIX.parked) {
    journal.count('Parked');
    journal.conclude('error', 'held delivery parked');
    return 'parked';
  }
  journal.count('Rejected');
  journal.conclude('warn', 'held delivery rejected');
  return 'rejected';
}
