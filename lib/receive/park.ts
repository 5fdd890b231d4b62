import { handleHeld } from './handle-held';
import { moveHeld } from './move-held';
import { PREFIX } from './object-keys';
import type { Outcome, RedeliverPorts } from './ports';
import { splitRecord } from './record';

/** Gives up on a held delivery without another try: it may be what ends the function each time. */
export const park = (key: string, ports: RedeliverPorts): Promise<Outcome> =>
  handleHeld(key, ports, async (record, journal) => {
    // Only what was read as it was stored may be moved.
    splitRecord(record);
    await moveHeld(key, record, PREFIX.parked, ports.objects);
    journal.count('Parked');
    journal.conclude('error', 'held delivery parked, untried');
    return 'parked';
  });
