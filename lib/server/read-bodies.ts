import type { IncomingMessage } from 'node:http';
import { LabelrelayError } from '../errors';
import { answerTo } from '../receive/answer-to';
import type { Answer, LargeReceiver, Receiver, Request } from '../receive/http';
import type { Telemetry } from '../receive/ports';
import { type Beginning, Beginnings } from './beginnings';
import { Budget, type Guest } from './budget';
import { KnownAddresses } from './known-addresses';
import { type Pace, PacedBody } from './paced-body';
import { expectedBytes, headBytes, toRequest } from './to-request';

type Head = Omit<Request, 'body'>;

export interface BodyOptions {
  /** Larger bodies are not read, and handed over as `too-large`. */
  readonly maxBodyBytes: number;
  /** What bodies that are in memory at once may come to. */
  readonly memoryBytes: number;
  /** How long a sender waits for memory before it is told to come again; 30 seconds unless said. */
  readonly patienceMs?: number;
  /** How fast senders must be; other than usual in tests. */
  readonly paces?: Paces;
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
    /** For how long they do; 5 minutes unless said: in that time a gigabyte may have come. */
    readonly patienceMs?: number;
  };
}

export interface Paces {
  readonly usual: Pace;
  /** Of who is not known to be authentic, while others wait for room. */
  readonly crowded: Pace;
}

/** Bodies up to this size wait for nobody. */
const SMALL_BYTES = 65_536;
/** The part of the memory that is for them, and for the beginnings of larger ones. */
const SMALL_PART = 1 / 4;
const PACES: Paces = {
  usual: { bytesPerSecond: 65_536, graceMs: 10_000 },
  crowded: { bytesPerSecond: 1_048_576, graceMs: 10_000 },
};
const LARGE_PATIENCE_MS = 300_000;

/**
 * Reads bodies for the receiver, as many at once as there is room for: who has to wait is not read
 * from, and so waits to send.
 */
export function createBodyReader(
  receive: Receiver,
  options: BodyOptions,
): (incoming: IncomingMessage) => Promise<Answer> {
  const { maxBodyBytes, large, patienceMs, isWelcome, telemetry, paces = PACES } = options;
  const smallBytes = Math.min(maxBodyBytes, large?.aboveBytes ?? maxBodyBytes);
  const beginnings = new Beginnings(options.memoryBytes * SMALL_PART);
  const memory = new Budget(options.memoryBytes * (1 - SMALL_PART));
  const places = new Budget(large?.atOnce ?? 1);
  const known = new KnownAddresses();

  return async (incoming) => {
    // A sender that does not say how much it sends may send as much as there is room for.
    const bytes = expectedBytes(incoming) ?? smallBytes;
    const request = toRequest(incoming, options.trustedProxies);
    const { address = '' } = request;
    const leave = new AbortController();
    const isStranger = () => !known.has(address);
    const isCrowded = () => sender.room.isShort && bytes > SMALL_BYTES && isStranger();
    const pace = () => (isCrowded() ? paces.crowded : paces.usual);
    const guest = { isStranger, leave };
    const beginning = beginnings.begin(guest, headBytes(incoming));
    const sender: Sender = {
      request,
      bytes,
      beginning,
      body: new PacedBody(incoming, { pace, leave: leave.signal, grew: beginning.grow }),
      room: bytes > smallBytes ? places : memory,
      guest,
    };
    // Nobody waits for a place in its name.
    incoming.once('close', () => {
      if (!incoming.complete) leave.abort(cutOff());
    });
    try {
      const answered = await answer(sender);
      if (answered.isAuthentic) known.add(address);
      return answered;
    } catch (error) {
      // There was no room, or its sender was too slow or went away.
      const told = error instanceof LabelrelayError ? error : cutOff(error);
      return await answerTo(request, telemetry, () => Promise.reject(told));
    } finally {
      sender.body.close();
      beginning.end();
    }
  };

  async function answer(sender: Sender): Promise<Answer> {
    const { request, bytes, beginning, body, guest } = sender;
    if (bytes > maxBodyBytes) return refuse(request);
    // Who does not even send that is not waited for, nor does it wait.
    if (await body.gather(Math.min(SMALL_BYTES, smallBytes))) {
      beginning.settle();
      return receive({ ...request, body: body.take() });
    }
    if (body.size > maxBodyBytes) return refuse(request);
    if (!isWelcome(request)) return answerStranger(request);
    if (bytes > smallBytes) return answerLarge(sender);
    // A body that is longer than its request says may be as long as any.
    const most = body.size > bytes ? smallBytes : bytes;
    const giveBack = await memory.take(most, patienceMs, guest);
    try {
      beginning.end();
      body.reserve(most);
      if (await body.gather(most)) return await receive({ ...request, body: body.take() });
      return await answerLarge(sender, giveBack);
    } finally {
      giveBack();
    }
  }

  /** @param giveMemoryBack what to do once it has a place: while it has memory, it has less patience */
  async function answerLarge(sender: Sender, giveMemoryBack?: () => void): Promise<Answer> {
    const { request, beginning, guest } = sender;
    if (!large) return refuse(request);
    sender.room = places;
    const patience = giveMemoryBack ? patienceMs : (large.patienceMs ?? LARGE_PATIENCE_MS);
    const giveBack = await places.take(1, patience, guest);
    beginning.end();
    try {
      return await large.receive({ ...request, body: pieces(sender.body, giveMemoryBack) });
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

/** Who sends a body. */
interface Sender {
  readonly request: Head;
  /** What it says that it sends, or the most that is read into memory where it does not say that. */
  readonly bytes: number;
  readonly beginning: Beginning;
  readonly body: PacedBody;
  readonly guest: Guest;
  /** Where it takes what others may wait for. */
  room: Budget;
}

const NOTHING = new Uint8Array();

const cutOff = (cause?: unknown): LabelrelayError =>
  new LabelrelayError('cut-off', 'expected the rest of a body, got none', { cause });

/** @param giveMemoryBack what to do once what was read so far has been passed on */
async function* pieces(
  body: PacedBody,
  giveMemoryBack = (): void => {},
): AsyncGenerator<Uint8Array> {
  for await (const piece of body.rest()) {
    yield piece;
    giveMemoryBack();
  }
}
