import { dueAt, type Epoch } from './epoch';
import { type ItemKey, type Items, readOne, update } from './items';
import type { Group, Rule } from './rule';
import { epochKey, GROUPS } from './write-epoch';

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

/** The open epochs of rules, in the order of the rules, then by group. */
export async function readEpochs(items: Items, rules: readonly Rule[]): Promise<OpenEpoch[]> {
  const groups: Group[] = [];
  for await (const group of items.under(GROUPS)) groups.push(group as Group);
  const found = rules.map(async (rule): Promise<OpenEpoch[]> => {
    const own = groups.filter((group) => group.rule === rule.name && countsBy(rule, group));
    if (own.length === 0) return [{ rule }];
    return Promise.all(own.map((group) => readEpoch(items, rule, group)));
  });
  return (await Promise.all(found)).flat();
}

/** A rule that once counted otherwise has left groups behind. */
const countsBy = ({ by }: Rule, { project }: Group): boolean =>
  (by === 'project') === (project !== undefined);

async function readEpoch(items: Items, rule: Rule, group: Group): Promise<OpenEpoch> {
  const epoch = (await readOne<Epoch>(items, epochKey(group)))?.value;
  const due = epoch && dueAt(epoch, rule);
  return {
    rule,
    group,
    epoch,
    ...(due && { due: { at: new Date(due.ms).toISOString(), reason: due.reason } }),
  };
}
