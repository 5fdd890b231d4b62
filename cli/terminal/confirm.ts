import { createInterface } from 'node:readline/promises';
import { LabelrelayError } from '../../lib/errors';
import { interruption } from '../command/interruption';

/**
 * Asks before something that cannot be undone.
 *
 * @param does a sentence that says what will happen
 * @param isAgreed whether the option `--yes` is set
 * @throws LabelrelayError `refused` unless the answer is yes
 */
export async function confirm(does: string, isAgreed = false): Promise<void> {
  if (isAgreed) return;
  if (!process.stdin.isTTY) {
    throw new LabelrelayError('refused', `${does} Nothing was done: add --yes to do it`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // readline gets Ctrl-C while it reads from the terminal, so it is passed on.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    const answer = await terminal.question(`${does} Go on? [y/N] `, { signal: interruption });
    if (!/^y(es)?$/i.test(answer.trim())) throw new LabelrelayError('refused', 'Nothing was done');
  } finally {
    terminal.close();
  }
}
