import type { Readable } from 'node:stream';
import { LabelrelayError } from '../errors';

/** How fast a sender must send. */
export interface Pace {
  readonly bytesPerSecond: number;
  /** What it may take beside that, in milliseconds: a network can hiccup. */
  readonly graceMs: number;
}

/** How often somebody who is waited for is looked at, in milliseconds: the pace may have changed. */
const LOOK_MS = 250;

/**
 * What a sender sends, as long as it keeps pace. Only the time that it lets us wait counts: while
 * nobody asks for more, nothing is read, and the sender has to wait. Who was fast may pause no longer for
 * that than who has just begun.
 *
 * @param pace the least, asked anew for each piece
 * @param leave ends it where there is more to come
 * @throws LabelrelayError `too-slow`; the reason to leave; and whatever the connection ends with before
 *   the body does
 */
export async function* paced(
  incoming: Readable & { readonly complete?: boolean },
  pace: () => Pace,
  leave: AbortSignal = new AbortController().signal,
): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  let bytes = 0;
  /** What it is behind its pace, in milliseconds; never ahead of it. */
  let behind = 0;
  const mustLeave = (): boolean => leave.aborted && !incoming.complete;
  try {
    for (;;) {
      const began = performance.now();
      const late = (): number => behind + performance.now() - began;
      const look = (): void => {
        if (late() > pace().graceMs) incoming.destroy(tooSlow(bytes));
        else if (mustLeave()) incoming.destroy(leave.reason);
      };
      const timer = setInterval(look, Math.min(LOOK_MS, pace().graceMs));
      const { value, done } = await chunks.next().finally(() => clearInterval(timer));
      // Who sends can be told so.
      if (mustLeave()) throw leave.reason;
      // Also of who sends a little all the time.
      look();
      if (done) return;
      bytes += value.length;
      behind = Math.max(0, late() - (value.length / pace().bytesPerSecond) * 1_000);
      yield value;
    }
  } finally {
    // The rest can then be read in another way.
    await chunks.return?.();
  }
}

const tooSlow = (bytes: number): LabelrelayError =>
  new LabelrelayError('too-slow', `expected more than ${bytes} bytes by now`);
