const controller = new AbortController();

/** What ends a process: Ctrl-C, whoever stops it, and a terminal that is gone. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Comes with such a signal, for what takes long: it ends what it began and says how far it came. */
export const interruption: AbortSignal = controller.signal;

let listens = false;

/** From now on the first signal is told by `interruption`, and a second one ends the process. */
export function catchInterruption(): AbortSignal {
  if (!listens) for (const signal of SIGNALS) process.once(signal, () => controller.abort());
  listens = true;
  return interruption;
}

/** @returns false when Ctrl-C came first */
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
