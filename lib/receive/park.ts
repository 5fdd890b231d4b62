import { expectKnown } from './expect-known';
import { handleHeld } from './handle-held';
import { moveHeld } from './move-held';
import { PREFIX } from './object-keys';
import type { Outcome, RedeliverPorts } from './ports';

/**
 * Gives up on a held delivery without another try: it may be what ends the function each time. What
 * another version of labelrelay stored goes on waiting for that.
 */
export const park = (key: string, ports: RedeliverPorts): Promise<Outcome> =>
  handleHeld(key, ports, async (journal) => {
    await expectKnown(key, ports);
    if (!(await moveHeld(key, PREFIX.parked, ports))) return 'gone';
    journal.count('Parked');
    journal.conclude('error', 'held delivery parked, untried');
    return 'parked';
  });
