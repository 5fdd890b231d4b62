import { handleHeld } from './handle-held';
import { isLarge } from './hold';
import { moveHeld, moveLarge } from './move-held';
import { PREFIX } from './object-keys';
import type { Outcome, RedeliverPorts } from './ports';
import { splitRecord } from './record';

/** Gives up on a held delivery without another try: it may be what ends the function each time. */
export const park = (key: string, ports: RedeliverPorts): Promise<Outcome> =>
  handleHeld(key, ports, async (journal) => {
    if (isLarge(key)) await moveLarge(key, PREFIX.parked, ports);
    else {
      const record = await ports.objects.get(key);
      if (!record) return 'gone';
      // Only what was read as it was stored may be moved.
      splitRecord(record);
      await moveHeld(key, record, PREFIX.parked, ports.objects);
    }
    journal.count('Parked');
    journal.conclude('error', 'held delivery parked, untried');
    return 'parked';
  });
