import type { IncomingMessage } from 'node:http';
import { LabelrelayError } from '../errors';
import { answerTo } from '../receive/http/answer-to';
import {
  type Answer,
  cutOff,
  type LargeReceiver,
  type Receiver,
  type Request,
} from '../receive/http/http';
import type { Telemetry } from '../receive/ports';
import { type Beginning, Beginnings } from './beginnings';
import { Budget, type ClaimOptions } from './budget';
import { networkOf } from './client-address';
import { type Pace, PacedBody } from './paced-body';
import { expectedBytes, headBytes, toRequest } from './to-request';

type Head = Omit<Request, 'body'>;

export interface BodyOptions {
  /** Larger bodies are not read. The receiver gets `too-large` instead. */
  readonly maxBodyBytes: number;
  /** Memory for all bodies together. */
  readonly memoryBytes: number;
  /** How long a sender waits for memory; 30 seconds by default. */
  readonly waitMs?: number;
  /** The minimum speed of every sender; 64 KiB a second by default. */
  readonly pace?: Pace;
  /** Whether the head of a request, without its body, leaves it possible that the request is authentic. */
  readonly passesPrecheck: (request: Head) => boolean;
  /** Logs the requests that the receiver does not see. */
  readonly telemetry: Telemetry;
  /** The number of our own proxies in front of the server. */
  readonly trustedProxies: number;
  /** Streams bodies that are too large for memory. Without it they are `too-large`. */
  readonly large?: {
    readonly receive: LargeReceiver;
    /** Larger bodies than this are streamed. */
    readonly aboveBytes: number;
    /** How many are streamed at once. */
    readonly atOnce: number;
    /** How long a sender waits for its place; 5 minutes by default, in which others can send a gigabyte. */
    readonly waitMs?: number;
  };
}

/** Bodies up to this size do not wait. */
const SMALL_BYTES = 65_536;
/** The part of the memory for small bodies, and for the beginnings of larger ones. */
const SMALL_PART = 1 / 4;
const PACE: Pace = { bytesPerSecond: 65_536, graceMs: 10_000 };
const LARGE_WAIT_MS = 300_000;

/**
 * Reads bodies for the receiver, in three classes:
 *
 * - Small bodies, and the first 64 KiB of all others, are read at once.
 * - Medium bodies claim memory for all of their bytes.
 * - Large bodies claim one of a fixed number of places, and are streamed.
 *
 * A claim that does not fit waits, first come, first served, and one address holds at most half of the
 * memory and half of the places. Nothing is read meanwhile, so that TCP makes the sender wait too. While a
 * sender is read from, it must keep the pace, or it is disconnected.
 */
export function createBodyReader(
  receive: Receiver,
  options: BodyOptions,
): (incoming: IncomingMessage) => Promise<Answer> {
  const { maxBodyBytes, large, waitMs, passesPrecheck, telemetry, pace = PACE } = options;
  const smallBytes = Math.min(maxBodyBytes, large?.aboveBytes ?? maxBodyBytes);
  const mostAtOnce = Math.min(SMALL_BYTES, smallBytes);
  const beginnings = new Beginnings(options.memoryBytes * SMALL_PART);
  const memory = new Budget(options.memoryBytes * (1 - SMALL_PART));
  const places = new Budget(large?.atOnce ?? 1);

  return async (incoming) => {
    const request = toRequest(incoming, options.trustedProxies);
    const whole = await besideHead(incoming, mostAtOnce);
    if (!whole) return read(incoming, request);
    const end = beginnings.hold(headBytes(incoming) + whole.length);
    try {
      return await receive({ ...request, body: whole });
    } finally {
      end();
    }
  };

  async function read(incoming: IncomingMessage, request: Head): Promise<Answer> {
    // It stops when the sender is disconnected, which also removes its claim from a queue.
    const stop = new AbortController();
    const beginning = beginnings.begin(stop, headBytes(incoming));
    const grew = (bytes: number): void => beginnings.grow(beginning, bytes);
    const body = new PacedBody(incoming, { pace, stop, grew });
    try {
      return await answer({
        request,
        // Without a `content-length`, a body may turn out as large as memory takes.
        bytes: expectedBytes(incoming) ?? smallBytes,
        beginning,
        body,
        claim: () => ({ owner: networkOf(request.address ?? ''), signal: stop.signal }),
      });
    } catch (error) {
      // There was no room, or the sender was too slow or went away.
      const known = error instanceof LabelrelayError ? error : cutOff(error);
      return await answerTo(request, telemetry, () => Promise.reject(known));
    } finally {
      body.close();
      beginnings.end(beginning);
    }
  }

  async function answer(sender: Sender): Promise<Answer> {
    const { request, bytes, beginning, body, claim } = sender;
    if (bytes > maxBodyBytes) return refuse(request);
    // Only a sender that has sent this much may claim anything.
    if (await body.gather(mostAtOnce)) {
      beginnings.settle(beginning);
      return receive({ ...request, body: body.take() });
    }
    if (body.size > maxBodyBytes) return refuse(request);
    // A request whose head shows that it cannot be authentic is rejected before its body is read.
    if (!passesPrecheck(request)) return receive({ ...request, body: new Uint8Array() });
    if (bytes > smallBytes) return answerLarge(sender);
    // A body may be longer than its `content-length` says, if it is chunked.
    const most = body.size > bytes ? smallBytes : bytes;
    const giveBack = await memory.take(most, { ...claim(), waitMs });
    try {
      beginnings.end(beginning);
      body.reserve(most);
      if (await body.gather(most)) return await receive({ ...request, body: body.take() });
      return await answerLarge(sender, giveBack);
    } finally {
      giveBack();
    }
  }

  /** @param giveMemoryBack is called once the body streams. A sender that holds memory waits a shorter time */
  async function answerLarge(sender: Sender, giveMemoryBack?: () => void): Promise<Answer> {
    const { request, beginning, body, claim } = sender;
    if (!large) return refuse(request);
    const placeWaitMs = giveMemoryBack ? waitMs : (large.waitMs ?? LARGE_WAIT_MS);
    const giveBack = await places.take(1, { ...claim(), waitMs: placeWaitMs });
    beginnings.end(beginning);
    try {
      return await large.receive({ ...request, body: pieces(body, giveMemoryBack) });
    } finally {
      giveBack();
    }
  }

  function refuse(request: Head): Promise<Answer> {
    return receive({ ...request, body: 'too-large' });
  }
}

/**
 * Takes a body that arrived with its head, as most small ones do: nobody has to wait for it.
 *
 * @returns undefined if it did not, or is larger than the limit
 */
async function besideHead(
  incoming: IncomingMessage,
  limit: number,
): Promise<Uint8Array | undefined> {
  // Node.js parses what has arrived in this tick.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const { readableLength } = incoming;
  if (readableLength > limit || readableLength !== expectedBytes(incoming)) return undefined;
  return incoming.read() ?? new Uint8Array();
}

interface Sender {
  readonly request: Head;
  /** The `content-length`, or the largest size that memory takes. */
  readonly bytes: number;
  readonly beginning: Beginning;
  readonly body: PacedBody;
  /** Few bodies need it. */
  readonly claim: () => ClaimOptions;
}

/** @param giveMemoryBack is called once all bytes that were in memory have been passed on */
async function* pieces(
  body: PacedBody,
  giveMemoryBack = (): void => {},
): AsyncGenerator<Uint8Array> {
  for await (const piece of body.rest()) {
    yield piece;
    giveMemoryBack();
  }
}
