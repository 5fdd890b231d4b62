import { takeTurns } from '../consume/take-turns';

/**
 * Runs calls with the same key together: those that come while others run are the next batch.
 *
 * @param run gets the entries of a batch, in the order of the calls
 * @param most the most entries of a batch
 * @param inTurn the turns of a batch, if others take them too
 * @returns a function that returns what the batch of its entry did
 */
export function inBatches<T, R>(
  run: (entries: readonly T[]) => Promise<R>,
  most: number,
  inTurn = takeTurns(),
): (key: string, entry: T) => Promise<R> {
  interface Batch {
    readonly entries: T[];
    readonly done: Promise<R>;
  }
  const waiting = new Map<string, Batch>();
  return (key, entry) => {
    const open = waiting.get(key);
    if (open && open.entries.length < most) {
      open.entries.push(entry);
      return open.done;
    }
    const entries = [entry];
    const done = inTurn(key, () => {
      if (waiting.get(key)?.entries === entries) waiting.delete(key);
      return run(entries);
    });
    waiting.set(key, { entries, done });
    return done;
  };
}
