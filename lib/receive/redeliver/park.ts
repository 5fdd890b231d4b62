import type { Outcome, RedeliverPorts } from '../ports';
import { expectKnown } from '../stored/expect-known';
import { moveHeld } from '../stored/move-held';
import { PREFIX } from '../stored/object-keys';
import { handleHeld } from './handle-held';

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
