import type { Verdict as WorkerVerdict } from '../consume/guard';

/**
 * The outcome of a delivery. `answered` is a question of a training integration, which has no events. `observed` are
 * events that came without a delivery: from the tap, derived, or recovered.
 */
export type Verdict =
  | 'pending'
  | 'accepted'
  | 'held'
  | 'rejected'
  | 'failed'
  | 'answered'
  | 'observed';

/** One line of the list of deliveries. */
export interface DeliveryRow {
  /** The place in the order of arrival, from 1. */
  readonly n: number;
  /** The time of arrival, as RFC 3339. */
  readonly at: string;
  /** Empty if the request named no configured source. */
  readonly source: string;
  /** Without what may be secret in an unknown one. */
  readonly path?: string;
  /** The platform's own name of the event. */
  readonly event?: string;
  readonly topics: readonly string[];
  /** The subject of the first event that has one. */
  readonly subject?: string;
  readonly events: number;
  /** The size of the body. */
  readonly bytes?: number;
  readonly verdict: Verdict;
  readonly status?: number;
  /** Why it was rejected or held. */
  readonly why?: string;
  readonly ms?: number;
  /** The id of the delivery, which is the same for the same bytes of a source. */
  readonly id?: string;
}

/** The outcome of an event in one queue. */
export type QueueOutcome = 'sent' | 'not sent' | 'retry' | 'waits' | 'dead letter' | WorkerVerdict;

export interface DeliveredEvent {
  readonly id: string;
  readonly topic: string;
  readonly subject?: string;
  readonly sequence?: string;
  readonly time?: string;
  readonly recovered?: boolean;
  readonly queues: Readonly<Record<string, QueueOutcome>>;
}

export interface ShownHeader {
  readonly name: string;
  readonly value: string;
  readonly isMasked: boolean;
}

/** One delivery with what is kept of it. */
export interface DeliveryDetail {
  readonly row: DeliveryRow;
  readonly headers: readonly ShownHeader[];
  readonly events: readonly DeliveredEvent[];
  /** The number of events that are not listed, because they are too many. */
  readonly more: number;
  /** Whether there is a body to read, and to send again. */
  readonly body: 'whole' | 'cut' | 'none';
  /** Why there is no body, or only a part of it. */
  readonly note?: string;
}

/** A body as text, without its secrets. */
export interface ShownBody {
  readonly text: string;
  readonly note?: string;
}

/** One version of a subject that came by. */
export interface SeenVersion {
  readonly n: number;
  readonly index: number;
  readonly at: string;
  readonly id: string;
  readonly topic: string;
  readonly sequence?: string;
  readonly time?: string;
  readonly recovered?: boolean;
}
