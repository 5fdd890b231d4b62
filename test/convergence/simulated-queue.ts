import type { AnyEvent } from '../../lib/consume/event';
import type { Message } from '../../lib/consume/queue';
import { MAX_RECEIVES } from '../../lib/events/queues';

/** A message of the queue. */
interface Sent extends Message {
  readonly event: AnyEvent;
  readonly waits: number;
  readonly visibleAt: number;
}

/** A message that a worker has received. Its calls take effect until another worker receives the message. */
export interface Receipt extends Message {
  readonly event: AnyEvent;
  hide(ms: number): void;
  remove(): void;
  /** Puts a copy into the dead letters. */
  bury(): void;
  /** Puts in a fresh copy that comes later. */
  copy(ms: number): void;
}

/** A queue that counts receives as SQS does, by a clock that the test turns, in milliseconds. */
export class SimulatedQueue {
  readonly tally = { receives: 0, deadLetters: 0 };
  readonly #messages = new Set<Sent>();
  readonly #dead: AnyEvent[] = [];

  constructor(
    private readonly now: () => number,
    private readonly visibilityMs: number,
  ) {}

  get isEmpty(): boolean {
    return this.#messages.size === 0;
  }

  get visible(): Sent[] {
    return [...this.#messages].filter(({ visibleAt }) => visibleAt <= this.now());
  }

  /** When the next message shows. */
  get nextAt(): number {
    return Math.min(...[...this.#messages].map(({ visibleAt }) => visibleAt));
  }

  send(event: AnyEvent, waits = 0, delayMs = 0): void {
    const visibleAt = this.now() + delayMs;
    this.#messages.add({ event, body: event.id, receiveCount: 0, waits, visibleAt });
  }

  /** @returns undefined when it was received too often: then it is a dead letter */
  receive(sent: Sent): Receipt | undefined {
    this.#messages.delete(sent);
    if (sent.receiveCount === MAX_RECEIVES) {
      this.#bury(sent.event);
      return undefined;
    }
    this.tally.receives++;
    const hidden = (from: Sent, ms: number): Sent => ({ ...from, visibleAt: this.now() + ms });
    let held = hidden({ ...sent, receiveCount: sent.receiveCount + 1 }, this.visibilityMs);
    this.#messages.add(held);
    return {
      ...held,
      hide: (ms) => {
        if (!this.#messages.delete(held)) return;
        held = hidden(held, ms);
        this.#messages.add(held);
      },
      remove: () => void this.#messages.delete(held),
      bury: () => this.#bury(held.event),
      copy: (ms) => this.send(held.event, held.waits + 1, ms),
    };
  }

  #bury(event: AnyEvent): void {
    this.tally.deadLetters++;
    this.#dead.push(event);
  }

  /** An operator sends all dead letters back. @returns whether there were any */
  redrive(): boolean {
    const letters = this.#dead.splice(0);
    for (const event of letters) this.send(event);
    return letters.length > 0;
  }
}
