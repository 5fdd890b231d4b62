import { TOMBSTONE_MS } from '../../lib/events/tombstone';
import { EXIT } from '../command/exit-code';
import { say } from '../terminal/print';

const DAYS = TOMBSTONE_MS / 86_400_000;

/**
 * Leaves out deliveries that are older than what workers remember of deletions: a label that was deleted
 * since would be there again. Says so on standard error, and ends in findings when any is left out.
 *
 * @param evenIfOld they are only warned of
 */
export function leaveOld<D extends { readonly received: Date }>(
  deliveries: readonly D[],
  evenIfOld: boolean | undefined,
  now: number = Date.now(),
): readonly D[] {
  const young = deliveries.filter(({ received }) => now - received.getTime() < TOMBSTONE_MS);
  const count = deliveries.length - young.length;
  if (count === 0) return deliveries;
  const why = `${count} received more than ${DAYS} days ago: workers have forgotten what was deleted since, and may bring it back`;
  if (evenIfOld) {
    say(`warning: among the deliveries are ${why}`);
    return deliveries;
  }
  say(`warning: left out ${why}. To send them all the same, add --even-if-old`);
  process.exitCode = EXIT.findings;
  return young;
}
