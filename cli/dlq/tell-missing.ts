import { LabelrelayError } from '../../lib/errors';
import { EXIT } from '../command/exit-code';
import { say } from '../terminal/print';

/**
 * Tells of queues that should be there, and has the command end in 3.
 *
 * @param named the only queue that was asked for
 * @throws LabelrelayError `not-found` when there is one: nothing else is left to show
 */
export function tellMissing(missing: readonly string[], named?: string): void {
  if (missing.length === 0) return;
  const message = `${missing.join(', ')}: is not there; labelrelay doctor says how to have it back`;
  if (named !== undefined) throw new LabelrelayError('not-found', message);
  say(message);
  process.exitCode = EXIT.findings;
}
