import { LabelrelayError } from '../../errors';
import { describeError } from '../log/describe-error';
import { Journal } from '../log/journal';
import type { Outcome, RedeliverPorts } from '../ports';
import type { ReceiveSettings } from '../receive';
import { heldSince, heldSource, isForeign, isLarge } from '../stored/hold';
import { PREFIX } from '../stored/object-keys';
import { forgetSweep, lastSweep, noteSweep } from './last-sweep';
import { park } from './park';
import { PARK_AFTER_MS, redeliver } from './redeliver';

/** What not even a try could park may be what ends the function each time: it is parked untried. */
const GIVE_UP_MS = PARK_AFTER_MS + 86_400_000;
/** How often held deliveries are looked at, in milliseconds. */
export const SWEEP_MS = 60_000;
/** A delivery is tried again when its age has grown by a tenth. */
const GROWTH = 1.1;
/** Deliveries under way at once: each may be as large as a body can be. */
export const LANES = 4;
/** The same of those that are not read into memory: each takes one CPU. */
export const LARGE_LANES = 1;
const HOUR_MS = 3_600_000;
/** No upload takes as long. */
const UNFINISHED_MS = 24 * HOUR_MS;
/** After that nothing new is begun: what is under way may take as long again. */
const TIME_MS = 240_000;

/**
 * Tries the held deliveries whose time has come: the authentic ones first, of each the oldest first.
 * A source whose secret cannot be read is not asked for again and again.
 *
 * @param all every one, whether its time has come or not
 * @param attempt tries one: `redeliver`, where nobody else does at the same time
 * @throws LabelrelayError `unavailable` when not all that is held could be listed: the rest was tried
 */
export async function sweep(
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  {
    now = Date.now(),
    all = false,
    attempt = (key) => redeliver(key, ports, settings, now),
  }: { now?: number; all?: boolean; attempt?: (key: string) => Promise<Outcome> } = {},
): Promise<void> {
  const lists = {
    verified: await list(PREFIX.verified, ports),
    unverified: await list(PREFIX.unverified, ports),
    large: await list(PREFIX.large, ports),
  };
  const waiting = Object.values(lists).flatMap(({ keys }) => keys);
  report(waiting, now, ports);
  // One of all takes no turns.
  const isRegular = !all && waiting.length > 0;
  const last = isRegular ? await lastSweep(now, now - SWEEP_MS, ports.objects) : 0;
  if (isRegular) await noteSweep(now, ports.objects);

  // What is small is tried once more by a server that was down for long; what is large may be what ends it.
  const isHopeless = (key: string): boolean =>
    isForeign(key) || ((!all || isLarge(key)) && age(key, now) >= GIVE_UP_MS);
  const began = Date.now();
  const withoutSecret = new Set<string>();
  let left = waiting.length;
  const settle = async (key: string): Promise<void> => {
    if (Date.now() >= began + TIME_MS || withoutSecret.has(heldSource(key))) return;
    const outcome = await (isHopeless(key) ? park(key, ports) : attempt(key));
    if (!outcome.startsWith('waits')) left--;
    if (outcome === 'waits-for-secret') withoutSecret.add(heldSource(key));
  };
  const work = async ({ keys }: Listed, lanes: number): Promise<void> => {
    const due = keys.filter((key) => all || isDue(key, last, now)).values();
    const lane = async (): Promise<void> => {
      for (const key of due) await settle(key);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  const small = work(lists.verified, LANES).then(() => work(lists.unverified, LANES));
  await Promise.all([small, work(lists.large, LARGE_LANES)]);
  if (isRegular && left === 0) await forgetSweep(ports.objects);
  if (all || isHourly(now)) await discardUnfinished(ports, now);
  if (Object.values(lists).some(({ isWhole }) => !isWhole)) {
    // Without its cause: who is thrown this may print all of it.
    throw new LabelrelayError('unavailable', NOT_LISTED);
  }
}

/** An upload that was cut off is no delivery: its sender was never told that it was accepted. */
async function discardUnfinished({ large, telemetry }: RedeliverPorts, now: number): Promise<void> {
  try {
    for await (const upload of large.unfinished()) {
      if (now - upload.begunAt.getTime() >= UNFINISHED_MS) await large.discard(upload);
    }
  } catch (error) {
    telemetry.log('warn', 'unfinished uploads could not be discarded', {
      error: describeError(error),
    });
  }
}

const isHourly = (now: number): boolean => now % HOUR_MS < SWEEP_MS;

const NOT_LISTED = 'held deliveries could not be listed';

interface Listed {
  /** They begin with the time, so that the oldest come first. */
  readonly keys: readonly string[];
  /** False when there may be more. */
  readonly isWhole: boolean;
}

async function list(prefix: string, { objects, telemetry }: RedeliverPorts): Promise<Listed> {
  const keys: string[] = [];
  try {
    for await (const key of objects.list(`${prefix}/`)) keys.push(key);
    return { keys, isWhole: true };
  } catch (error) {
    telemetry.log('error', NOT_LISTED, { prefix, error: describeError(error) });
    return { keys, isWhole: false };
  }
}

const age = (key: string, now: number): number => now - heldSince(key);

/**
 * Once a sweep for ten minutes, then less and less often: when sweeps come every minute, nothing waits
 * longer than a tenth of an outage after its end. That makes 11 tries, and 73 more until seven days
 * have passed: log(7 x 1440 / 10) / log(1.1). A turn that came since the last sweep is taken now, however
 * long ago that was.
 */
function isDue(key: string, last: number, now: number): boolean {
  const since = heldSince(key);
  return since >= last || now - since >= PARK_AFTER_MS || step(now - since) > step(last - since);
}
const step = (age: number): number => Math.floor(Math.log(age / SWEEP_MS) / Math.log(GROWTH));

function report(waiting: readonly string[], now: number, { telemetry }: RedeliverPorts): void {
  const journal = new Journal();
  journal.count('Waiting', waiting.length);
  journal.count(
    'WaitingSeconds',
    Math.round(
      waiting
        .filter((key) => !isForeign(key))
        .reduce((most, key) => Math.max(most, age(key, now)), 0) / 1_000,
    ),
  );
  journal.conclude('info', 'held deliveries swept');
  journal.write(telemetry);
}
