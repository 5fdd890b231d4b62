#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings';
import { hideNodeWarning } from '../lib/aws/client/hide-node-warning';
import { LabelrelayError } from '../lib/errors';
import { EXIT, exitCodeOf } from './command/exit-code';
import { explainError } from './command/explain-error';
import { interruption } from './command/interruption';
import { loadProgram } from './program';
import { colour } from './terminal/colour';
import { say } from './terminal/print';

hideNodeWarning();

// The reader of our output may end first, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// The command finishes even if nobody reads its messages any more.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Reports all errors except those of arguments, which commander reports. */
function end(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return;
  }
  // After Ctrl-C, the command has already reported its progress. The aborted calls are no errors of their own.
  if (interruption.aborted && !(error instanceof LabelrelayError)) return;
  say(`${colour('red', 'error:', process.stderr)} ${explainError(error)}`);
  process.exitCode = exitCodeOf(error);
}

function exitOverride(command: { exitOverride(): unknown; commands: readonly unknown[] }): void {
  command.exitOverride();
  for (const each of command.commands) exitOverride(each as typeof command);
}

async function run(args: readonly string[]): Promise<void> {
  const program = await loadProgram(args);
  exitOverride(program);
  await program.parseAsync(args, { from: 'user' });
}

run(process.argv.slice(2))
  .catch(end)
  .finally(() => {
    if (interruption.aborted) process.exitCode = EXIT.interrupted;
  });
