import type { AnyEvent } from '../consume/event';
import { groupOf, type Rule } from './rule';
import { type Scope, scopeKey } from './scope';

/** A scope, and its rules that know the event. */
export interface Counting {
  readonly scope: Scope;
  readonly rules: readonly Rule[];
}

/** The scopes in which an event may count. */
export function countingOf(rules: readonly Rule[], event: AnyEvent): Counting[] {
  const scopes = new Map<string, Counting>();
  for (const rule of rules) {
    const group = groupOf(rule, event);
    if (!group) continue;
    const { rule: _, ...scope } = group;
    const { key } = scopeKey(scope);
    scopes.set(key, { scope, rules: [...(scopes.get(key)?.rules ?? []), rule] });
  }
  return [...scopes.values()];
}
