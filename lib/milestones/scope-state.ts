import type { Completable } from './completion';
import type { Epoch } from './epoch';
import type { Scope } from './scope';

/** The state of a scope. It is in one item, so an event costs one write, however many rules count it. */
export interface ScopeState {
  /** By the name of the rule. */
  readonly epochs: Readonly<Record<string, Epoch>>;
  /** Whether the project is done. */
  readonly completion?: Completable;
}

/** A scope, and its state. */
export interface Placed {
  readonly scope: Scope;
  readonly state: ScopeState;
}

/** The epoch of a rule, whose name may be that of a member of every object. */
export const epochOf = (state: ScopeState | undefined, rule: string): Epoch | undefined =>
  state && Object.hasOwn(state.epochs, rule) ? state.epochs[rule] : undefined;

/** A state of which all is marked and published. */
export const settled = ({ scope, state: { epochs, ...rest } }: Placed): Placed => ({
  scope,
  state: {
    ...rest,
    epochs: Object.fromEntries(
      Object.entries(epochs).map(([rule, epoch]) => [rule, { ...epoch, log: [], outbox: [] }]),
    ),
  },
});
