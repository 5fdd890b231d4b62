import type { Message } from '../../events/message';
import { MAX_MESSAGE_BYTES } from '../../events/queues';
import type { Queues } from '../ports';
import { BATCH_ENTRIES } from './batches';

/** The longest wait for more messages while another call is under way, in milliseconds. A call takes longer. */
const LINGER_MS = 5;

/** The messages of one delivery for a queue. */
interface Waiting {
  readonly messages: readonly Message[];
  readonly signal: AbortSignal;
  /** @param refused those of the messages that the queue did not accept */
  readonly resolve: (refused: readonly Message[] | Promise<readonly Message[]>) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Sends the messages of deliveries that are ready at the same time in one call for each queue. A message waits for the end
 * of this turn of the event loop, in which others may arrive. While another call to its queue is under way it waits longer,
 * but a few milliseconds at most. A batch that is full never waits.
 *
 * A delivery gets the answer for its own messages. If a call fails as a whole, each of its deliveries is sent alone, so
 * that no delivery fails because of another.
 */
export function groupCommit(queues: Queues): Queues {
  const groups = new Map<string, Group>();
  return {
    sendBatch(queue, messages, signal) {
      let group = groups.get(queue);
      if (!group) {
        group = new Group((...call) => queues.sendBatch(queue, ...call));
        groups.set(queue, group);
      }
      return group.send(messages, signal);
    },
  };
}

/** The messages for one queue that wait for a call. */
class Group {
  #underWay = 0;
  #waiting: Waiting[] = [];
  #entries = 0;
  #bytes = 0;
  /** Ends the wait with this turn of the event loop, */
  #turn: NodeJS.Immediate | undefined;
  /** or while a call is under way. */
  #linger: NodeJS.Timeout | undefined;

  constructor(
    private readonly call: (
      messages: readonly Message[],
      signal: AbortSignal,
    ) => Promise<readonly Message[]>,
  ) {}

  send(messages: readonly Message[], signal: AbortSignal): Promise<readonly Message[]> {
    if (messages.length >= BATCH_ENTRIES) return this.#track(this.call(messages, signal));
    const bytes = messages.reduce((sum, { size }) => sum + size, 0);
    const isTooMuch =
      this.#entries + messages.length > BATCH_ENTRIES || this.#bytes + bytes > MAX_MESSAGE_BYTES;
    if (isTooMuch) this.#flush();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ messages, signal, resolve, reject });
      this.#entries += messages.length;
      this.#bytes += bytes;
      if (this.#entries === BATCH_ENTRIES) this.#flush();
      else this.#wait();
    });
  }

  #wait(): void {
    const flush = (): void => this.#flush();
    if (this.#underWay === 0) this.#turn ??= setImmediate(flush);
    else this.#linger ??= setTimeout(flush, LINGER_MS);
  }

  #flush(): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#linger);
    this.#turn = undefined;
    this.#linger = undefined;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#entries = 0;
    this.#bytes = 0;
    const [first, ...others] = waiting;
    if (others.length > 0) this.#sendTogether(waiting);
    else if (first) this.#sendAlone(first);
  }

  #sendTogether(waiting: readonly Waiting[]): void {
    const messages = waiting.flatMap((each) => each.messages);
    this.#track(this.call(messages, allAborted(waiting))).then(
      (refused) => {
        for (const { messages, resolve } of waiting)
          resolve(messages.filter((message) => refused.includes(message)));
      },
      () => {
        for (const each of waiting) if (!each.signal.aborted) this.#sendAlone(each);
      },
    );
  }

  #sendAlone({ messages, signal, resolve }: Waiting): void {
    resolve(this.#track(this.call(messages, signal)));
  }

  /** Counts a call while it is under way. When none is left, the messages that wait go out with this turn. */
  async #track<T>(call: Promise<T>): Promise<T> {
    this.#underWay++;
    try {
      return await call;
    } finally {
      this.#underWay--;
      if (this.#waiting.length > 0) this.#wait();
    }
  }
}

/** Ends each delivery with its signal. @returns a signal that aborts once all of theirs have */
function allAborted(waiting: readonly Waiting[]): AbortSignal {
  const controller = new AbortController();
  let left = waiting.length;
  for (const { signal, reject } of waiting) {
    const abort = (): void => {
      reject(signal.reason);
      left--;
      if (left === 0) controller.abort();
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return controller.signal;
}
