import type { Completable } from './completion';
import type { Epoch } from './epoch';

/** The state of a scope. It is one item, so an event costs one write, however many rules count it. */
export interface ScopeState {
  /** By the name of the rule. */
  readonly epochs: Readonly<Record<string, Epoch>>;
  /** Whether the project is done. */
  readonly completion?: Completable;
}

/** The epoch of a rule, whose name may be that of a member of every object. */
export const epochOf = (state: ScopeState | undefined, rule: string): Epoch | undefined =>
  state && Object.hasOwn(state.epochs, rule) ? state.epochs[rule] : undefined;
