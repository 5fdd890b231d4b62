import type { DerivedEvent } from './derived-event';
import type { Items } from './items';

/** A message of the worker to itself: is this epoch over? The epoch's item decides, so it may come late and twice. */
export interface Ask {
  readonly rule: string;
  readonly source: string;
  readonly project?: string;
  readonly epoch: number;
  /** Whether the epoch ends in any case. */
  readonly fire?: true;
}

export interface MilestonePorts {
  readonly items: Items;
  /**
   * Sends events to every queue of their topics.
   *
   * @throws unless every queue accepted every message
   */
  publish(events: readonly DerivedEvent[]): Promise<void>;
  /** Sends a message to the worker's own queue. @param seconds the delay, at most 900 */
  ask(ask: Ask, seconds: number): Promise<void>;
}

/** The longest delay of a message in SQS, in seconds. */
export const MAX_DELAY_SECONDS = 900;
