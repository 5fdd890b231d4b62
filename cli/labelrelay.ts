import { CommanderError } from '@commander-js/extra-typings';
import { LabelrelayError } from '../lib/errors';
import { EXIT, exitCodeOf } from './command/exit-code';
import { explainError } from './command/explain-error';
import { interruption } from './command/interruption';
import { program } from './program';
import { colour } from './terminal/colour';
import { say } from './terminal/print';

// Operators can do nothing about it: package.json says which Node.js it is for.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Whoever reads our output may end first, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// What was begun is finished although nobody reads how it goes.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Errors of arguments are told by commander; all others here. */
function end(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return;
  }
  // Whatever was given up on by Ctrl-C; what a command has to tell of it is told.
  if (interruption.aborted && !(error instanceof LabelrelayError)) return;
  say(`${colour('red', 'error:', process.stderr)} ${explainError(error)}`);
  process.exitCode = exitCodeOf(error);
}

function exitOverride(command: { exitOverride(): unknown; commands: readonly unknown[] }): void {
  command.exitOverride();
  for (const each of command.commands) exitOverride(each as typeof command);
}

exitOverride(program);
program
  .parseAsync()
  .catch(end)
  .finally(() => {
    if (interruption.aborted) process.exitCode = EXIT.interrupted;
  });
