import type { Platform } from '../platforms/platform';
import type { DeliveryRow, QueueOutcome } from './delivery';
import type { EventHead } from './event-head';
import type { Content, RecordedEvent, Recording } from './recording';

export interface RingLimits {
  /** How many deliveries are listed. */
  readonly rows: number;
  /** The memory for headers, bodies and events of all of them, in bytes. */
  readonly bytes: number;
  /** The events of one delivery that are kept. */
  readonly events: number;
}

export const RING_LIMITS: RingLimits = { rows: 10_000, bytes: 67_108_864, events: 500 };

/** The bytes of an event beside its message. */
const EVENT_BYTES = 500;
/** The bytes of an event whose id alone is kept. */
const ID_BYTES = 100;

type Changed = (row: DeliveryRow) => void;

/**
 * The newest deliveries, in a bounded memory. The oldest ones lose their content first, and then their place in the list.
 */
export class Ring {
  readonly #recordings = new Map<number, Recording>();
  /** The events that are kept by their ids. The same event may have come several times: the oldest is the first. */
  readonly #byId = new Map<string, RecordedEvent[]>();
  readonly #listeners = new Set<Changed>();
  readonly #limits: RingLimits;
  #last = 0;
  #bytes = 0;
  /** No older recording than this one has content. */
  #oldest = 1;

  constructor(limits: RingLimits = RING_LIMITS) {
    this.#limits = limits;
  }

  /** The rows, the oldest first. */
  rows(): DeliveryRow[] {
    return Array.from(this.#recordings.values(), ({ row }) => row);
  }

  get(n: number): Recording | undefined {
    return this.#recordings.get(n);
  }

  /** The most deliveries that are listed. */
  get most(): number {
    return this.#limits.rows;
  }

  /** The bytes of all contents, roughly. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The newest delivery that fits, among the newest thousand. */
  find(fits: (recording: Recording) => boolean): Recording | undefined {
    for (let n = this.#last; n > Math.max(0, this.#last - 1_000); n--) {
      const recording = this.#recordings.get(n);
      if (recording && fits(recording)) return recording;
    }
    return undefined;
  }

  *all(): Generator<Recording> {
    yield* this.#recordings.values();
  }

  /** @returns a function that ends it */
  listen(changed: Changed): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  add(
    row: Omit<DeliveryRow, 'n'>,
    content: Content,
    rest: Pick<Recording, 'platform' | 'note'> = {},
  ): Recording {
    const n = ++this.#last;
    const seen = new Set<string>();
    const recording: Recording = { ...rest, row: { n, ...row }, content, seen, cost: 0 };
    this.#recordings.set(n, recording);
    this.#pay(recording, costOf(content));
    const gone = this.#recordings.get(n - this.#limits.rows);
    if (gone) {
      this.#forget(gone);
      this.#recordings.delete(gone.row.n);
    }
    this.#tell(recording);
    return recording;
  }

  change(recording: Recording, row: Partial<DeliveryRow>): void {
    recording.row = { ...recording.row, ...row };
    this.#tell(recording);
  }

  /** Adds an event that was sent to a queue, or could not be. */
  addEvent(
    recording: Recording,
    { source: _, recordedtime: __, dataref: ___, event, ...head }: EventHead,
    message: string,
    queue: string,
    outcome: QueueOutcome,
  ): void {
    const { row, content, seen } = recording;
    if (seen.has(head.id)) {
      const known = content?.events.find(({ id }) => id === head.id);
      if (known) known.queues[queue] = outcome;
      return;
    }
    const topics = row.topics.includes(head.topic) ? row.topics : [...row.topics, head.topic];
    const subject = row.subject ?? head.subject;
    // Without memory for their ids, events of several queues cannot be told apart.
    const events = row.events + (content ? 1 : 0);
    this.change(recording, { topics, subject, event: row.event ?? event, events });
    if (!content) return;
    seen.add(head.id);
    const isKept = content.events.length < this.#limits.events;
    if (isKept) this.#record(content, { ...head, message, queues: { [queue]: outcome } });
    this.#pay(recording, isKept ? message.length + EVENT_BYTES : ID_BYTES);
  }

  /** Notes what a worker did with an event. The same event may have come several times. */
  settle(id: string, queue: string, outcome: QueueOutcome): void {
    const open = this.#byId.get(id)?.find(({ queues }) => isOpen(queues[queue]));
    if (open) open.queues[queue] = outcome;
  }

  /** Adds headers and a body that were found later. */
  complete(
    recording: Recording,
    { headers, body }: Pick<Content, 'headers' | 'body'>,
    { platform, id }: { readonly platform?: Platform; readonly id: string },
  ): void {
    const { content } = recording;
    // Two questions may have found it at once.
    if (!content || content.body) return;
    Object.assign(content, { headers, body });
    Object.assign(recording, { platform });
    this.change(recording, { bytes: body?.length, id });
    this.#pay(recording, costOf({ headers, body }));
  }

  #record(content: Content, event: RecordedEvent): void {
    content.events.push(event);
    const known = this.#byId.get(event.id);
    if (known) known.push(event);
    else this.#byId.set(event.id, [event]);
  }

  #pay(recording: Recording, bytes: number): void {
    recording.cost += bytes;
    this.#bytes += bytes;
    while (this.#bytes > this.#limits.bytes && this.#oldest <= this.#last) {
      const oldest = this.#recordings.get(this.#oldest++);
      if (oldest) this.#forget(oldest);
    }
  }

  #forget(recording: Recording): void {
    for (const event of recording.content?.events ?? []) {
      const others = this.#byId.get(event.id)?.filter((other) => other !== event) ?? [];
      if (others.length > 0) this.#byId.set(event.id, others);
      else this.#byId.delete(event.id);
    }
    this.#bytes -= recording.cost;
    recording.cost = 0;
    recording.content = undefined;
    recording.seen.clear();
    recording.note = 'Newer deliveries needed its memory: only this line is left.';
  }

  #tell({ row }: Recording): void {
    for (const changed of this.#listeners) changed(row);
  }
}

const isOpen = (outcome: QueueOutcome | undefined): boolean =>
  outcome === 'sent' || outcome === 'retry' || outcome === 'waits';

const costOf = ({ headers, body }: Pick<Content, 'headers' | 'body'>): number =>
  headers.reduce((sum, { name, value }) => sum + name.length + value.length + 100, 500) +
  (body?.length ?? 0);
