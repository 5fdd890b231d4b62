import type { AnyEvent } from '../consume/event';
import { takeTurns } from '../consume/take-turns';
import { type Alongside, tellProject } from './alongside';
import { type Counting, countingOf, turnOf } from './counting';
import { type Change, count, dueAt, type Epoch, newEpoch, ring } from './epoch';
import { inBatches } from './in-batches';
import { type Ask, MAX_DELAY_SECONDS, type MilestonePorts } from './ports';
import { countsIn, type Rule } from './rule';
import { type Group, nameOf, scopeName } from './scope';
import { epochOf, type ScopeState } from './scope-state';
import { subjectOf } from './subject';
import { type Subjects, textOf, type WriteScopes } from './write-scopes';

/** The most changes of one write: their marks are read in one call. */
const MAX_BATCH = 25;
/**
 * The most changes that all rules together have in the item of a scope: DynamoDB limits it to 400 KB. One with the longest ids
 * is 2 KB.
 */
const MAX_LOGGED = 100;

export interface CountSettings {
  readonly rules: readonly Rule[];
  readonly now: () => number;
}

/** A change that may count. */
interface Entry {
  readonly counting: readonly Counting[];
  readonly change: Change;
  readonly also: Alongside;
}

/** A change that may count in a scope. */
type EntryIn = Omit<Entry, 'counting'> & Counting;

/** Counts changes in scopes: see `scopesWriter`. Changes of one scope that come at once are written together. */
export function countChanges(
  writeScopes: WriteScopes,
  { ask }: Pick<MilestonePorts, 'ask'>,
  { rules, now }: CountSettings,
) {
  // Timers take turns with changes: two writers of one item would both finish the last write.
  const turns = takeTurns();
  const inTurn = inBatches(countAll, batchSize(rules.length), turns);

  async function countAll(entries: readonly Entry[]): Promise<void> {
    const byScope = groupByScope(entries);
    const groups = [...byScope.values()];
    const [first, ...others] = groups.map(([{ scope }]) => scope);
    if (!first) return;
    const states = await writeScopes([first, ...others], {
      subjects: entries.map(({ change }) => change.subject),
      make(scope, before, subjects) {
        const own = byScope.get(scopeName(scope)) ?? [];
        const epochs = countEach(before.epochs, own, subjects);
        const completion = own.reduce(
          (so, { also }) => tellProject(so, scope, also),
          before.completion,
        );
        const isSame = epochs === before.epochs && completion === before.completion;
        return isSame ? undefined : { epochs, ...(completion && { completion }) };
      },
      also: (subject, value) =>
        entries
          .filter(({ change }) => textOf(change.subject) === textOf(subject))
          .reduce((so, { also }) => also.subject(so), value),
    });
    for (const [index, own] of groups.entries()) {
      for (const rule of new Set(own.flatMap((entry) => entry.rules))) {
        const epoch = epochOf(states[index], rule.name);
        if (epoch) await arm(rule, { rule: rule.name, ...own[0].scope }, epoch, own);
      }
    }
  }

  /** @returns the same epochs if nothing counts */
  function countEach(
    before: ScopeState['epochs'],
    entries: readonly EntryIn[],
    subjects: Subjects,
  ): ScopeState['epochs'] {
    const changed = rules.flatMap((rule) => {
      const own = entries.filter((entry) => entry.rules.includes(rule));
      const [first] = own;
      if (!first) return [];
      const known = epochOf({ epochs: before }, rule.name);
      const after = countFor(rule, known ?? newEpoch(now()), own, subjects);
      // A rule begins in a group with its first event, whether that counts or not.
      return after.log.length > 0 || !known ? [[rule.name, after] as const] : [];
    });
    return changed.length === 0 ? before : { ...before, ...Object.fromEntries(changed) };
  }

  function countFor(
    rule: Rule,
    before: Epoch,
    entries: readonly EntryIn[],
    subjects: Subjects,
  ): Epoch {
    const counted = new Map<string, Epoch['log'][number]>();
    let epoch = before;
    for (const { scope, change } of entries) {
      const text = textOf(change.subject);
      const marks = subjects.get(text)?.marks;
      const mark = counted.get(text) ?? marks?.[nameOf({ rule: rule.name, ...scope })];
      const next = count(epoch, rule, change, { mark, nowMs: now() });
      const last = next?.log.at(-1);
      if (!next || !last) continue;
      counted.set(text, last);
      epoch = next;
    }
    return epoch;
  }

  /** Sends the first timer of an epoch, if that is up to one of the events. */
  async function arm(
    rule: Rule,
    group: Group,
    epoch: Epoch,
    entries: readonly EntryIn[],
  ): Promise<void> {
    const due = dueAt(epoch, rule);
    if (!due || !entries.some(({ change }) => change.id === epoch.armedBy)) return;
    await ask({ ...group, epoch: epoch.epoch }, secondsUntil(due.ms));
  }

  const secondsUntil = (dueMs: number): number =>
    Math.min(Math.max(1, Math.ceil((dueMs - now()) / 1_000)), MAX_DELAY_SECONDS);

  return {
    /** Counts an event for every rule that knows it. @param also the further writes of the event */
    async count(event: AnyEvent, also: Alongside): Promise<void> {
      const { key, position } = subjectOf(event);
      const change: Change = {
        id: event.id,
        platform: event.data.platform,
        subject: key,
        position,
        recoveredTime: event.recovered && event.time,
        receivedMs: Date.parse(event.recordedtime),
      };
      const counting = countingOf(rules, event);
      const [first] = counting;
      if (!first) return;
      const { project } = also;
      const isKnown = counting.some(({ scope }) => scope.project !== undefined);
      // A rule by source brings the project along: they are one item.
      const all =
        isKnown || !project ? counting : [...counting, { scope: project.scope, rules: [] }];
      await inTurn(turnOf(rules, first.scope), { counting: all, change, also });
    },

    /**
     * Fires if the epoch is over, or is to end in any case.
     *
     * @returns in how many seconds to ask again; undefined if nobody needs to
     */
    async answer({ epoch: number, fire, rule: name, ...scope }: Ask): Promise<number | undefined> {
      const rule = rules.find((each) => each.name === name && countsIn(each, scope));
      const openIn = (state: ScopeState): Epoch | undefined => {
        const epoch = epochOf(state, name);
        return epoch?.epoch === number && epoch.subjects > 0 ? epoch : undefined;
      };
      const [left] = await turns(turnOf(rules, scope), () =>
        writeScopes([scope], {
          subjects: [],
          make(_, before) {
            const open = openIn(before);
            const next = open && ring(open, rule, { fire, nowMs: now() });
            return next && { ...before, epochs: { ...before.epochs, [name]: next } };
          },
        }),
      );
      const open = left && openIn(left);
      const due = rule && open ? dueAt(open, rule) : undefined;
      return due && secondsUntil(due.ms);
    },
  };
}

function groupByScope(entries: readonly Entry[]) {
  const byScope = new Map<string, [EntryIn, ...EntryIn[]]>();
  for (const { counting, ...entry } of entries) {
    for (const each of counting) {
      const own = { ...entry, ...each };
      const name = scopeName(each.scope);
      const known = byScope.get(name);
      if (known) known.push(own);
      else byScope.set(name, [own]);
    }
  }
  return byScope;
}

/** The most changes of one write. Each rule may count all of them. */
const batchSize = (rules: number): number =>
  Math.max(1, Math.min(MAX_BATCH, Math.floor(MAX_LOGGED / Math.max(1, rules))));
