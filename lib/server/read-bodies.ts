import type { IncomingMessage } from 'node:http';
import { LabelrelayError } from '../errors';
import { problem } from '../receive/answer';
import type { Answer, LargeReceiver, Receiver } from '../receive/http';
import { Budget } from './budget';
import { type Pace, paced } from './paced';
import { readBody } from './read-body';
import { expectedBytes, toRequest } from './to-request';

export interface BodyOptions {
  /** Larger bodies are not read, and handed over as `too-large`. */
  readonly maxBodyBytes: number;
  /** What bodies that are in memory at once may come to. */
  readonly memoryBytes: number;
  /** How many proxies of ours are in front. */
  readonly trustedProxies: number;
  /** What takes bodies that are too large for memory; without it there are none. */
  readonly large?: {
    readonly receive: LargeReceiver;
    /** Larger bodies than this are its. */
    readonly aboveBytes: number;
    /** How many there are at once; others wait, and their senders with them. */
    readonly atOnce: number;
  };
}

/** Bodies up to this size wait for nobody. */
const SMALL_BYTES = 65_536;
const USUAL_PACE: Pace = { bytesPerSecond: 65_536, graceMs: 10_000 };
/** While others wait for room. */
const CROWDED_PACE: Pace = { bytesPerSecond: 1_048_576, graceMs: 2_000 };

/**
 * Reads bodies for the receiver, as many at once as there is room for: who has to wait is not read
 * from, and so waits to send.
 */
export function createBodyReader(
  receive: Receiver,
  options: BodyOptions,
): (incoming: IncomingMessage) => Promise<Answer> {
  const { maxBodyBytes, large } = options;
  const smallBytes = Math.min(maxBodyBytes, large?.aboveBytes ?? maxBodyBytes);
  const memory = new Budget(options.memoryBytes);
  const places = new Budget(large?.atOnce ?? 1);
  const request = (incoming: IncomingMessage) => toRequest(incoming, options.trustedProxies);
  const refuse = (incoming: IncomingMessage): Promise<Answer> =>
    receive({ ...request(incoming), body: 'too-large' });

  return async (incoming) => {
    const bytes = expectedBytes(incoming) ?? smallBytes;
    const room = bytes > smallBytes ? places : memory;
    const isCrowded = () => room.isShort && bytes > SMALL_BYTES;
    const chunks = paced(incoming, () => (isCrowded() ? CROWDED_PACE : USUAL_PACE));
    try {
      return await answerTo(incoming, chunks, bytes);
    } catch (error) {
      // There was no room. What else goes wrong is the connection.
      if (error instanceof LabelrelayError && error.code === 'unavailable') return problem(error);
      throw error;
    } finally {
      await chunks.return(undefined);
    }
  };

  async function answerTo(
    incoming: IncomingMessage,
    chunks: AsyncGenerator<Uint8Array>,
    bytes: number,
  ): Promise<Answer> {
    if (bytes > maxBodyBytes) return refuse(incoming);
    if (bytes > smallBytes) return answerLarge(incoming, chunks);
    // A sender that does not say how much it sends may send as much as there is room for.
    const giveBack = bytes <= SMALL_BYTES ? () => {} : await memory.take(bytes);
    try {
      const begun = await readBody(chunks, smallBytes);
      if (begun.isWhole) return await receive({ ...request(incoming), body: begun.bytes });
      giveBack();
      return await answerLarge(incoming, joined(begun.bytes, chunks));
    } finally {
      giveBack();
    }
  }

  async function answerLarge(
    incoming: IncomingMessage,
    body: AsyncIterable<Uint8Array>,
  ): Promise<Answer> {
    if (!large) return refuse(incoming);
    const giveBack = await places.take(1);
    try {
      return await large.receive({ ...request(incoming), body });
    } finally {
      giveBack();
    }
  }
}

async function* joined(
  begun: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield begun;
  yield* rest;
}
