import { LabelrelayError } from '../../errors';
import { describeError } from '../log/describe-error';
import { Journal } from '../log/journal';
import type { Outcome, RedeliverPorts } from '../ports';
import { isHeld } from '../stored/hold';
import { HELD } from '../stored/object-keys';

/**
 * Does something about a held delivery, and writes a line of what came of it.
 *
 * @param work what it throws leaves the delivery waiting
 */
export async function handleHeld(
  key: string,
  { telemetry }: Pick<RedeliverPorts, 'telemetry'>,
  work: (journal: Journal) => Promise<Outcome>,
): Promise<Outcome> {
  const journal = new Journal();
  journal.note({ key });
  try {
    expectHeld(key);
    return await work(journal);
  } catch (error) {
    // Most likely the store of held deliveries itself: nothing was moved or removed.
    journal.note({ error: describeError(error) });
    journal.conclude('error', 'held delivery could not be handled');
    return 'waits';
  } finally {
    journal.write(telemetry);
  }
}

/** @throws LabelrelayError `unreadable-record` */
function expectHeld(key: string): void {
  if (isHeld(key)) return;
  const expected = `a key under ${HELD.map((prefix) => `${prefix}/`).join(' or ')}`;
  throw new LabelrelayError('unreadable-record', `expected ${expected}, got another`);
}
