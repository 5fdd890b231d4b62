import type { AnyEvent } from '../consume/event';
import { groupOf, type Rule } from './rule';
import { type Scope, scopeName } from './scope';

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
    const name = scopeName(scope);
    scopes.set(name, { scope, rules: [...(scopes.get(name)?.rules ?? []), rule] });
  }
  return [...scopes.values()];
}

/** Scopes that take turns since they are written together: those of a source, if a rule counts by source there. */
export function turnOf(rules: readonly Rule[], scope: Scope): string {
  const { source } = scope;
  const isShared = rules.some((rule) => rule.by === 'source' && (rule.source ?? source) === source);
  return scopeName(isShared ? { source } : scope);
}
