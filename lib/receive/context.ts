import type { Journal } from './log/journal';
import type { Ports } from './ports';

/** What the steps of one delivery share. */
export interface Context extends Ports {
  readonly journal: Journal;
  /** Comes when there is no more time: nothing new is begun, and what is under way is given up. */
  readonly signal: AbortSignal;
}
