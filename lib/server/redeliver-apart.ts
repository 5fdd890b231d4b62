import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { LabelrelayError } from '../errors';
import { describeError } from '../receive/log/describe-error';
import type { Outcome, Telemetry } from '../receive/ports';
import { COLLECTS_EARLY } from './collect-early';

export interface ApartLimits {
  /** What it may have on its heap: buffers are not there. */
  readonly heapBytes: number;
  /** How long one delivery may take before the process is ended; 15 minutes unless said, as the function has. */
  readonly patienceMs?: number;
}

const MIB = 1_048_576;
const PATIENCE_MS = 900_000;

/**
 * Redelivers in a process of its own: no request waits while events are made, and what takes more
 * memory than there is for it ends that process alone. The limits of a thread do not hold: one
 * allocation that is larger than what is left ends the whole process.
 *
 * @param script `redeliver-process`
 * @returns what `redeliver` does, for one key at a time. When the process ends, the delivery waits, and
 *   another is started for the next.
 */
export function redeliverApart(
  script: string,
  { heapBytes, patienceMs = PATIENCE_MS }: ApartLimits,
  { log }: Telemetry,
): (key: string) => Promise<Outcome> {
  const start = (): ChildProcess => {
    const limit = `--max-old-space-size=${Math.ceil(heapBytes / MIB)}`;
    const started = fork(script, { execArgv: [...process.execArgv, ...COLLECTS_EARLY, limit] });
    // Who asks it hears of that.
    started.on('error', () => {});
    return started;
  };
  // Before there is anything to do: what it takes is known from the start.
  let child = start();

  return async (key) => {
    if (isOver(child)) child = start();
    const late = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    try {
      return await ask(child, key);
    } catch (error) {
      log('error', 'held delivery could not be handled', { key, error: describeError(error) });
      return 'waits';
    } finally {
      clearTimeout(late);
    }
  };
}

const isOver = ({ connected, exitCode, signalCode }: ChildProcess): boolean =>
  !connected || (exitCode ?? signalCode) !== null;

/** @throws when the process ends, or cannot be asked */
async function ask(child: ChildProcess, key: string): Promise<Outcome> {
  const over = new AbortController();
  const { signal } = over;
  try {
    child.send(key);
    const answer = once(child, 'message', { signal });
    const end = once(child, 'exit', { signal }).then(ended);
    const [outcome] = await Promise.race([answer, end]);
    return outcome;
  } finally {
    over.abort();
  }
}

function ended([code, signal]: unknown[]): never {
  const came = `the end of its process: ${signal ?? `exit code ${code}`}`;
  throw new LabelrelayError('unavailable', `expected an outcome, got ${came}`);
}
