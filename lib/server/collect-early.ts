import { getHeapStatistics } from 'node:v8';

/** What may have come into memory since garbage was last collected, in bytes. */
const SLACK_BYTES = 16_777_216;
const LOOK_MS = 20;

/**
 * How a process must be started that collects early: else V8 begins on its own, and what comes into
 * memory while it goes on stays there until the next time.
 */
export const COLLECTS_EARLY = ['--expose-gc', '--no-incremental-marking'];

/**
 * Collects garbage before V8 would: it lets several times of what is in use come together, and how much
 * depends on its version. For a process in which nobody waits for an answer.
 */
export function collectEarly(): void {
  let least = inMemory();
  const look = (): void => {
    if (inMemory() < least + SLACK_BYTES) return;
    globalThis.gc?.();
    least = inMemory();
  };
  setInterval(look, LOOK_MS).unref();
}

function inMemory(): number {
  const { used_heap_size: objects, external_memory: buffers } = getHeapStatistics();
  return objects + buffers;
}
