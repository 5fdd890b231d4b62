import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import { Journal } from '../log/journal';
import type { Outcome, RedeliverPorts } from '../ports';
import { move } from '../stored/move';
import { HELD, isHeld, PREFIX, under } from '../stored/object-keys';
import { unreadable } from '../stored/record';
import { expectKnownVersion } from '../stored/record-stream';

/**
 * Works on a held delivery, and logs one line with the outcome.
 *
 * @param work if it throws, the delivery goes on waiting
 */
export async function handleHeld(
  key: string,
  { telemetry }: Pick<RedeliverPorts, 'telemetry'>,
  work: (journal: Journal) => Promise<Outcome>,
): Promise<Outcome> {
  const journal = new Journal();
  journal.note({ key });
  try {
    if (!isHeld(key)) throw unreadable(`a key under ${HELD.join('/, ')}/`);
    return await work(journal);
  } catch (error) {
    // Most likely the store failed: nothing was moved or removed.
    journal.note({ error: describeError(error) });
    journal.conclude('error', 'held delivery could not be handled');
    return 'waits';
  } finally {
    journal.write(telemetry);
  }
}

const MESSAGE = { parked: 'held delivery parked', rejected: 'held delivery rejected' } as const;

/** Moves a held delivery to where redelivery does not try it. */
export async function giveUp(
  key: string,
  outcome: 'parked' | 'rejected',
  { objects, journal }: Pick<Context, 'journal'> & Pick<RedeliverPorts, 'objects'>,
  message: string = MESSAGE[outcome],
): Promise<Outcome> {
  if (!(await move(key, under(PREFIX[outcome], key), objects))) return 'gone';
  journal.count(outcome === 'parked' ? 'Parked' : 'Rejected');
  journal.conclude(outcome === 'parked' ? 'error' : 'warn', message);
  return outcome;
}

/**
 * Parks a held delivery without another try, which may be what ends the function each time. A delivery that
 * another version of labelrelay stored goes on waiting for that version.
 */
export const park = (key: string, ports: RedeliverPorts): Promise<Outcome> =>
  handleHeld(key, ports, async (journal) => {
    const stored = await ports.objects.open(key);
    if (stored) await expectKnownVersion(stored);
    return giveUp(key, 'parked', { ...ports, journal }, 'held delivery parked, untried');
  });
