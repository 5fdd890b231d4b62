import { TOMBSTONE_MS } from '../../lib/events/tombstone';
import { EXIT } from '../command/exit-code';
import { say } from '../terminal/print';

const DAYS = TOMBSTONE_MS / 86_400_000;

/**
 * Leaves out deliveries that are older than the tombstones of workers: they could bring back labels that were
 * deleted since. Warns on standard error. If any delivery is left out, the exit code says so.
 *
 * @param evenIfOld whether to only warn
 */
export function leaveOld<D extends { readonly received: Date }>(
  deliveries: readonly D[],
  evenIfOld: boolean | undefined,
  now: number = Date.now(),
): readonly D[] {
  const young = deliveries.filter(({ received }) => now - received.getTime() < TOMBSTONE_MS);
  const count = deliveries.length - young.length;
  if (count === 0) return deliveries;
  const why = `${count} received more than ${DAYS} days ago: workers have forgotten later deletions, and may bring deleted labels back`;
  if (evenIfOld) {
    say(`warning: among the deliveries are ${why}`);
    return deliveries;
  }
  say(`warning: left out ${why}. To send them anyway, add --even-if-old`);
  process.exitCode = EXIT.findings;
  return young;
}
