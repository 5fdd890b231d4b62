import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { LabelrelayError } from '../errors';
import { describeError } from '../receive/log/describe-error';
import type { Outcome, Telemetry } from '../receive/ports';
import { COLLECTS_EARLY } from './collect-early';

export interface ApartLimits {
  /** The limit of its heap, which does not hold buffers. */
  readonly heapBytes: number;
  /** The time limit of a delivery, after which the process is killed; 15 minutes by default, as for the function. */
  readonly timeoutMs?: number;
}

const MIB = 1_048_576;
const TIMEOUT_MS = 900_000;

/**
 * Redelivers in a process of its own. So no request waits while events are made, and a delivery that runs out
 * of memory ends that process alone. The memory limits of a worker thread are not enough: one allocation that
 * is larger than the free memory ends the whole process.
 *
 * @param script the path of `redeliver-process`
 * @returns a function like `redeliver`, for one key at a time. When the process ends, the delivery waits, and
 *   another process is started for the next one.
 */
export function redeliverApart(
  script: string,
  { heapBytes, timeoutMs = TIMEOUT_MS }: ApartLimits,
  { log }: Telemetry,
): (key: string) => Promise<Outcome> {
  const start = (): ChildProcess => {
    const limit = `--max-old-space-size=${Math.ceil(heapBytes / MIB)}`;
    const started = fork(script, { execArgv: [...process.execArgv, ...COLLECTS_EARLY, limit] });
    // `ask` reports the error.
    started.on('error', () => {});
    return started;
  };
  // The process is started early, so that its memory is in use from the start.
  let child = start();

  return async (key) => {
    if (isOver(child)) child = start();
    const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
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

/** @throws if the process ends, or cannot be reached */
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
