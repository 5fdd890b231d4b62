import { LabelrelayError } from '../../lib/errors';
import { EXIT } from '../command/exit-code';
import { say } from '../terminal/print';

/**
 * Reports missing queues, and makes the command exit with 3.
 *
 * @param named the queue that the command names, if any
 * @throws LabelrelayError `not-found` if that one is missing
 */
export function tellMissing(missing: readonly string[], named?: string): void {
  if (missing.length === 0) return;
  const message = `${missing.join(', ')}: missing; labelrelay doctor says how to recreate it`;
  if (named !== undefined) throw new LabelrelayError('not-found', message);
  say(message);
  process.exitCode = EXIT.findings;
}
