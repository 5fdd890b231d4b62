import { LabelrelayError } from '../../errors';
import { describeError } from '../log/describe-error';
import { Journal } from '../log/journal';
import type { Outcome, RedeliverPorts } from '../ports';
import type { ReceiveSettings } from '../receive';
import { heldSince, heldSource, isForeign, PREFIX } from '../stored/object-keys';
import { park } from './give-up';
import { forgetSweep, lastSweep, noteSweep } from './last-sweep';
import { PARK_AFTER_MS, redeliver } from './redeliver';

/**
 * The age at which a delivery is parked without a try, in milliseconds. No try could park it before: it may be
 * what ends the function each time.
 */
const GIVE_UP_MS = PARK_AFTER_MS + 86_400_000;
/** The time between two sweeps, in milliseconds. */
export const SWEEP_MS = 60_000;
/** A delivery is tried again when its age has grown by a tenth. */
const GROWTH = 1.1;
/** The number of deliveries at once. Each may be as large as a body can be. */
export const LANES = 4;
/** The number of large deliveries at once. Each takes one CPU. */
export const LARGE_LANES = 1;
const HOUR_MS = 3_600_000;
/** The age at which an upload is discarded. No upload takes as long. */
const UNFINISHED_MS = 24 * HOUR_MS;
/** The time after which no further try begins, in milliseconds. A try may take as long again. */
const TIME_MS = 240_000;

/**
 * Tries the held deliveries that are due: authentic ones first, and the oldest first. If the secret of a source
 * cannot be read, its other deliveries are not tried.
 *
 * @param all tries every delivery, due or not
 * @param attempt tries one delivery
 * @throws LabelrelayError `unavailable` if not all held deliveries could be listed, after the others were tried
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
  const isThere = await listFolders(ports);
  const lists = {
    verified: await list(PREFIX.verified, isThere, ports),
    unverified: await list(PREFIX.unverified, isThere, ports),
    large: await list(PREFIX.large, isThere, ports),
  };
  const waiting = Object.values(lists).flatMap(({ keys }) => keys);
  report(waiting, now, ports);
  // A sweep of all deliveries is not one of the regular sweeps, from which turns are counted.
  const isRegular = !all && waiting.length > 0;
  const last = isRegular ? await lastSweep(now, now - SWEEP_MS, ports.objects) : 0;
  if (isRegular) await noteSweep(now, ports.objects);

  const began = Date.now();
  const withoutSecret = new Set<string>();
  let left = waiting.length;
  const settle = async (key: string, giveUpMs: number): Promise<void> => {
    if (Date.now() >= began + TIME_MS || withoutSecret.has(heldSource(key))) return;
    const isHopeless = isForeign(key) || age(key, now) >= giveUpMs;
    const outcome = await (isHopeless ? park(key, ports) : attempt(key));
    if (!outcome.startsWith('waits')) left--;
    if (outcome === 'waits-for-secret') withoutSecret.add(heldSource(key));
  };
  const work = async ({ keys }: Listed, lanes: number, giveUpMs: number): Promise<void> => {
    const due = keys.filter((key) => all || isDue(key, last, now)).values();
    const lane = async (): Promise<void> => {
      for (const key of due) await settle(key, giveUpMs);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  // A server that was down for long tries small deliveries once more. A large one may be what ended it.
  const giveUpMs = all ? Number.POSITIVE_INFINITY : GIVE_UP_MS;
  const small = work(lists.verified, LANES, giveUpMs).then(() =>
    work(lists.unverified, LANES, giveUpMs),
  );
  await Promise.all([small, work(lists.large, LARGE_LANES, GIVE_UP_MS)]);
  if (isRegular && left === 0) await forgetSweep(ports.objects);
  if (all || isHourly(now)) await discardUnfinished(ports, now);
  if (Object.values(lists).some(({ isWhole }) => !isWhole)) {
    // Without the cause, which the caller may print.
    throw new LabelrelayError('unavailable', NOT_LISTED);
  }
}

/** Discards uploads that never ended. Their senders were not told that they were accepted. */
async function discardUnfinished(
  { objects, telemetry }: RedeliverPorts,
  now: number,
): Promise<void> {
  try {
    for await (const upload of objects.unfinished()) {
      if (now - upload.begunAt.getTime() >= UNFINISHED_MS) await objects.discard(upload);
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
  /** Keys begin with the time: the oldest come first. */
  readonly keys: readonly string[];
  /** False if there may be more. */
  readonly isWhole: boolean;
}

/**
 * Asks once which folders there are: mostly none, and each list costs.
 *
 * @returns whether a folder may have something in it
 */
async function listFolders({ objects }: RedeliverPorts): Promise<(folder: string) => boolean> {
  try {
    const folders = await objects.folders(`${PREFIX.held}/`);
    return (folder) => folders.includes(folder);
  } catch {
    // Each of the lists tells of its own error.
    return () => true;
  }
}

async function list(
  prefix: string,
  isThere: (folder: string) => boolean,
  { objects, telemetry }: RedeliverPorts,
): Promise<Listed> {
  if (!isThere(`${prefix}/`)) return { keys: [], isWhole: true };
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
 * Whether a delivery is due: at every sweep for ten minutes, then less and less often. With a sweep every minute,
 * no delivery waits longer than a tenth of an outage after its end. That makes 11 tries, and 73 more within seven
 * days: log(7 x 1440 / 10) / log(1.1). A turn that came since the last sweep is taken now.
 */
function isDue(key: string, last: number, now: number): boolean {
  const since = heldSince(key);
  return since >= last || now - since >= PARK_AFTER_MS || step(now - since) > step(last - since);
}
const step = (age: number): number => Math.floor(Math.log(age / SWEEP_MS) / Math.log(GROWTH));

function report(waiting: readonly string[], now: number, { telemetry }: RedeliverPorts): void {
  const journal = new Journal();
  journal.note({ waiting: waiting.length });
  const ages = waiting.filter((key) => !isForeign(key)).map((key) => age(key, now));
  if (waiting.length > 0) {
    const oldest = ages.reduce((most, each) => Math.max(most, each), 0);
    journal.count('WaitingSeconds', Math.round(oldest / 1_000));
  }
  journal.conclude('info', 'held deliveries swept');
  journal.write(telemetry);
}
