const controller = new AbortController();

/** The signals that end a process: Ctrl-C, a service manager, and a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Is aborted by such a signal. A long command then finishes its current step and reports its progress. */
export const interruption: AbortSignal = controller.signal;

let listens = false;

/** From now on the first signal aborts `interruption`, and a second one ends the process. */
export function catchInterruption(): AbortSignal {
  if (!listens) for (const signal of SIGNALS) process.once(signal, () => controller.abort());
  listens = true;
  return interruption;
}

/** @returns false if Ctrl-C came first */
export const pause = (milliseconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      interruption.removeEventListener('abort', end);
      resolve(!interruption.aborted);
    };
    const timer = setTimeout(end, milliseconds);
    if (interruption.aborted) end();
    interruption.addEventListener('abort', end);
  });

/** Is aborted by Ctrl-C or at the end of the time, whichever comes first. */
export function endAfter(milliseconds: number | undefined): AbortSignal {
  // AbortSignal.any does not work here: Node.js 20 may collect the timeout, since nothing else refers to it.
  const end = new AbortController();
  catchInterruption().addEventListener('abort', () => end.abort());
  if (milliseconds) setTimeout(() => end.abort(), milliseconds).unref();
  return end.signal;
}
