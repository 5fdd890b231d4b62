import type { Journal } from './log/journal';
import type { Ports } from './ports';

/** The ports, and the state that the steps of one delivery share. */
export interface Context extends Ports {
  readonly journal: Journal;
  /** Aborts when the time is over: steps begin nothing more, and stop. */
  readonly signal: AbortSignal;
}
