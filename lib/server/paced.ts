import type { Readable } from 'node:stream';
import { LabelrelayError } from '../errors';

/** How fast a sender must send. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** What it may take beside that, in milliseconds: a network can hiccup. */
  readonly graceMs: number;
}

/**
 * What a sender sends, as long as it keeps pace. Only the time that it lets us wait counts: while
 * nobody asks for more, nothing is read, and the sender has to wait.
 *
 * @param pace the least, asked anew for each piece
 * @throws LabelrelayError `too-slow`; and whatever the connection ends with before the body does
 */
export async function* paced(incoming: Readable, pace: () => Pace): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  let waited = 0;
  let bytes = 0;
  try {
    for (;;) {
      const { graceMs, bytesPerSecond } = pace();
      const allowed = graceMs + (bytes / bytesPerSecond) * 1_000;
      const began = performance.now();
      const timer = setTimeout(() => incoming.destroy(tooSlow(bytes)), allowed - waited);
      const { value, done } = await chunks.next().finally(() => clearTimeout(timer));
      if (done) return;
      waited += performance.now() - began;
      bytes += value.length;
      yield value;
    }
  } finally {
    // The rest can then be read in another way.
    await chunks.return?.();
  }
}

const tooSlow = (bytes: number): LabelrelayError =>
  new LabelrelayError('too-slow', `expected more than ${bytes} bytes by now`);
