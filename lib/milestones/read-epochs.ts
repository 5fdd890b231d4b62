import { dueAt, type Epoch } from './epoch';
import { type ItemKey, type Items, readOne, update } from './items';
import { countsIn, type Rule } from './rule';
import { type Group, SCOPES, type Scope, scopeName } from './scope';
import type { ScopeItem } from './scope-items';
import { epochOf, type Placed } from './scope-state';

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
  const all = await readStates(items);
  return rules.flatMap((rule): OpenEpoch[] => {
    const open = all.flatMap(({ scope, state }): OpenEpoch[] => {
      const epoch = epochOf(state, rule.name);
      return epoch && countsIn(rule, scope) ? [openEpoch(rule, scope, epoch)] : [];
    });
    return open.length === 0 ? [{ rule }] : open;
  });
}

/** The states of all scopes, by their names. */
async function readStates(items: Items): Promise<Placed[]> {
  const scopeItems: ScopeItem[] = [];
  await Promise.all(
    SCOPES.map(async (shard) => {
      for await (const scopeItem of items.under(shard)) scopeItems.push(scopeItem as ScopeItem);
    }),
  );
  // The state of a project in the item of its source is newer than that in its own item.
  const inOrder = [
    ...scopeItems.filter(({ home }) => home.project !== undefined),
    ...scopeItems.filter(({ home }) => home.project === undefined),
  ];
  const states = new Map(
    inOrder.flatMap((scopeItem) =>
      scopeItem.states.map((each) => [scopeName(each.scope), each] as const),
    ),
  );
  return [...states].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
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
