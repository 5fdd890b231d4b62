import type { IncomingMessage } from 'node:http';
import { LabelrelayError } from '../errors';
import { answerTo } from '../receive/answer-to';
import type { Answer, LargeReceiver, Receiver, Request } from '../receive/http';
import type { Telemetry } from '../receive/ports';
import { Budget } from './budget';
import { type Pace, paced } from './paced';
import { readBody } from './read-body';
import { expectedBytes, toRequest } from './to-request';

type Head = Omit<Request, 'body'>;

export interface BodyOptions {
  /** Larger bodies are not read, and handed over as `too-large`. */
  readonly maxBodyBytes: number;
  /** What bodies that are in memory at once may come to. */
  readonly memoryBytes: number;
  /** How long a sender waits for room before it is told to come again; 30 seconds unless said. */
  readonly patienceMs?: number;
  /** Whether a request may be authentic, by all but its body. */
  readonly isWelcome: (request: Head) => boolean;
  /** Is told of who found none. */
  readonly telemetry: Telemetry;
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
  const { maxBodyBytes, large, patienceMs, isWelcome, telemetry } = options;
  const smallBytes = Math.min(maxBodyBytes, large?.aboveBytes ?? maxBodyBytes);
  const memory = new Budget(options.memoryBytes);
  const places = new Budget(large?.atOnce ?? 1);

  return async (incoming) => {
    // A sender that does not say how much it sends may send as much as there is room for.
    const bytes = expectedBytes(incoming) ?? smallBytes;
    const room = bytes > smallBytes ? places : memory;
    const isCrowded = () => room.isShort && bytes > SMALL_BYTES;
    const chunks = paced(incoming, () => (isCrowded() ? CROWDED_PACE : USUAL_PACE));
    const request = toRequest(incoming, options.trustedProxies);
    try {
      return await answer(request, chunks, bytes);
    } catch (error) {
      // There was no room, or its sender was too slow or went away.
      const told = error instanceof LabelrelayError ? error : cutOff(error);
      return answerTo(request, telemetry, () => Promise.reject(told));
    } finally {
      await chunks.return(undefined);
    }
  };

  async function answer(
    request: Head,
    chunks: AsyncGenerator<Uint8Array>,
    bytes: number,
  ): Promise<Answer> {
    if (bytes > maxBodyBytes) return refuse(request);
    if (bytes > smallBytes) return answerLarge(request, chunks);
    const begun = await readBody(chunks, Math.min(SMALL_BYTES, smallBytes));
    if (begun.isWhole) return receive({ ...request, body: begun.bytes });
    if (begun.bytes.length > maxBodyBytes) return refuse(request);
    if (!isWelcome(request)) return answerStranger(request);
    const giveBack = await memory.take(bytes, patienceMs);
    try {
      const read = await readBody(joined(begun.bytes, chunks), smallBytes);
      if (read.isWhole) return await receive({ ...request, body: read.bytes });
      return await answerLarge(request, joined(read.bytes, chunks), giveBack);
    } finally {
      giveBack();
    }
  }

  /** @param hasPlace what to do once it need not wait any more */
  async function answerLarge(
    request: Head,
    body: AsyncIterable<Uint8Array>,
    hasPlace = () => {},
  ): Promise<Answer> {
    if (!large) return refuse(request);
    if (!isWelcome(request)) return answerStranger(request);
    const giveBack = await places.take(1, patienceMs);
    hasPlace();
    try {
      return await large.receive({ ...request, body });
    } finally {
      giveBack();
    }
  }

  /** Room is for those who may be authentic: the others are answered alike whatever they send. */
  function answerStranger(request: Head): Promise<Answer> {
    return receive({ ...request, body: NOTHING });
  }

  function refuse(request: Head): Promise<Answer> {
    return receive({ ...request, body: 'too-large' });
  }
}

const NOTHING = new Uint8Array();

const cutOff = (cause: unknown): LabelrelayError =>
  new LabelrelayError('cut-off', 'expected the rest of a body, got none', { cause });

/** What was read, and what has still to come. */
async function* joined(
  begun: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield begun;
  yield* rest;
}
