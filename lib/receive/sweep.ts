import { LabelrelayError } from '../errors';
import { describeError } from './describe-error';
import { heldSince } from './hold';
import { Journal } from './journal';
import { PREFIX } from './object-keys';
import type { ReceiveSettings } from './receive';
import { PARK_AFTER_MS, type RedeliverPorts, redeliver } from './redeliver';

/** How often held deliveries are looked at, in milliseconds. */
export const SWEEP_MS = 60_000;
/** A delivery is tried again when its age has grown by a tenth. */
const GROWTH = 1.1;
/** Deliveries under way at once: each may be as large as a body can be. */
const LANES = 4;
/** After that nothing new is begun: what is under way may take as long again. */
const TIME_MS = 240_000;

/**
 * Tries the held deliveries whose time has come, oldest first.
 *
 * @param all every one, whether its time has come or not
 * @throws LabelrelayError `unavailable` when it cannot be known what is held
 */
export async function sweep(
  ports: RedeliverPorts,
  settings: ReceiveSettings,
  { now = Date.now(), all = false }: { now?: number; all?: boolean } = {},
): Promise<void> {
  const waiting = await list(ports);
  waiting.sort((one, other) => age(other, now) - age(one, now));
  report(waiting, now, ports);

  const due = waiting.filter((key) => all || isDue(age(key, now))).values();
  const lane = async (): Promise<void> => {
    for (const key of due) {
      if (Date.now() < began + TIME_MS) await redeliver(key, ports, settings, now);
    }
  };
  const began = Date.now();
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function list({ objects, telemetry }: RedeliverPorts): Promise<string[]> {
  const keys: string[] = [];
  try {
    for (const prefix of [PREFIX.verified, PREFIX.unverified]) {
      for await (const key of objects.list(`${prefix}/`)) keys.push(key);
    }
  } catch (error) {
    const message = 'held deliveries could not be listed';
    telemetry.log('error', message, { error: describeError(error) });
    // Without its cause: who is thrown this may print all of it.
    throw new LabelrelayError('unavailable', message);
  }
  return keys;
}

const age = (key: string, now: number): number => now - heldSince(key);

/**
 * Once a sweep for ten minutes, then less and less often, so that what waits never waits longer than
 * a tenth of an outage after its end. That makes 10 tries, and 73 more until seven days have passed:
 * log(7 x 1440 / 10) / log(1.1).
 */
const isDue = (age: number): boolean => age >= PARK_AFTER_MS || step(age) > step(age - SWEEP_MS);
const step = (age: number): number => Math.floor(Math.log(age / SWEEP_MS) / Math.log(GROWTH));

function report(waiting: readonly string[], now: number, { telemetry }: RedeliverPorts): void {
  const journal = new Journal();
  const [oldest] = waiting;
  journal.count('Waiting', waiting.length);
  journal.count('WaitingSeconds', oldest ? Math.round(age(oldest, now) / 1_000) : 0);
  journal.conclude('info', 'held deliveries swept');
  journal.write(telemetry);
}
