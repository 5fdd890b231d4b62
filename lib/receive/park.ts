import { describeError } from './describe-error';
import { Journal } from './journal';
import { moveHeld } from './move-held';
import { PREFIX } from './object-keys';
import type { Outcome, RedeliverPorts } from './ports';
import { splitRecord } from './record';

/** Gives up on a held delivery without another try: it may be what ends the function each time. */
export async function park(key: string, { objects, telemetry }: RedeliverPorts): Promise<Outcome> {
  const journal = new Journal();
  journal.note({ key });
  try {
    const record = await objects.get(key);
    if (!record) return 'gone';
    // Only what was read as it was stored may be moved.
    splitRecord(record);
    await moveHeld(key, record, PREFIX.parked, objects);
    journal.count('Parked');
    journal.conclude('error', 'held delivery parked, untried');
    return 'parked';
  } catch (error) {
    journal.note({ error: describeError(error) });
    journal.conclude('error', 'held delivery could not be handled');
    return 'waits';
  } finally {
    journal.write(telemetry);
  }
}
