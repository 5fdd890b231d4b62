import { dueAt, type Epoch } from './epoch';
import { type ItemKey, type Items, readOne, update } from './items';
import { countsIn, type Rule } from './rule';
import { type Group, SCOPES, type Scope, scopeKey } from './scope';
import { epochOf, type ScopeState } from './scope-state';

/** A rule, and its open epoch in a group. */
export interface OpenEpoch {
  readonly rule: Rule;
  /** Absent if no event has come yet that the rule knows. */
  readonly group?: Group;
  readonly epoch?: Epoch;
  /** When the rule fires if nothing more changes, and why. */
  readonly due?: { readonly at: string; readonly reason: 'quiet' | 'max' };
}

/** The item with the rules, for those who do not know the configuration of the worker. */
const RULES: ItemKey = { key: '#rules', item: 'all' };

export const tellRules = async (items: Items, rules: readonly Rule[]): Promise<void> =>
  void (await update<readonly Rule[]>(items, RULES, (known) =>
    JSON.stringify(known) === JSON.stringify(rules) ? known : rules,
  ));

export const toldRules = async (items: Items): Promise<readonly Rule[]> =>
  (await readOne<readonly Rule[]>(items, RULES))?.value ?? [];

/** The open epochs of rules, in the order of the rules, then by scope. */
export async function readEpochs(items: Items, rules: readonly Rule[]): Promise<OpenEpoch[]> {
  const scopes: Scope[] = [];
  for await (const scope of items.under(SCOPES)) scopes.push(scope as Scope);
  const states = await Promise.all(
    scopes.map(async (scope) => (await readOne<ScopeState>(items, scopeKey(scope)))?.value),
  );
  return rules.flatMap((rule): OpenEpoch[] => {
    const open = scopes.flatMap((scope, index): OpenEpoch[] => {
      const epoch = epochOf(states[index], rule.name);
      return epoch && countsIn(rule, scope) ? [openEpoch(rule, scope, epoch)] : [];
    });
    return open.length === 0 ? [{ rule }] : open;
  });
}

function openEpoch(rule: Rule, scope: Scope, epoch: Epoch): OpenEpoch {
  const due = dueAt(epoch, rule);
  return {
    rule,
    group: { rule: rule.name, ...scope },
    epoch,
    ...(due && { due: { at: new Date(due.ms).toISOString(), reason: due.reason } }),
  };
}
