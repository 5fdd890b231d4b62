import type { Platform } from '../platforms/platform';
import type { DeliveredEvent, DeliveryRow, QueueOutcome, ShownHeader } from './delivery';

/** An event of a recording, with its message. */
export interface RecordedEvent extends Omit<DeliveredEvent, 'queues'> {
  readonly queues: Record<string, QueueOutcome>;
  /** The body of the message. */
  readonly message: string;
}

/** The parts that are too large to keep of every delivery. */
export interface Content {
  readonly headers: readonly ShownHeader[];
  /** The bytes, or their beginning. */
  readonly body?: Uint8Array;
  readonly events: RecordedEvent[];
}

/** A delivery that was seen. */
export interface Recording {
  row: DeliveryRow;
  readonly platform?: Platform;
  /** Undefined once others needed the memory. */
  content?: Content;
  /** The ids of its events, also of those that are not kept. */
  readonly seen: Set<string>;
  /** The bytes of the content, roughly. */
  cost: number;
  /** Why there is no body, or only a part of it. */
  note?: string;
}
