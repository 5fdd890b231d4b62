import type { AnyEvent } from '../consume/event';
import { type Change, count, dueAt, type Epoch, ring } from './epoch';
import { inBatches } from './in-batches';
import { type Ask, MAX_DELAY_SECONDS, type MilestonePorts } from './ports';
import { type Group, groupOf, type Rule } from './rule';
import { type Subject, subjectOf } from './subject';
import { epochWriter, type Marks, nameOf, textOf } from './write-epoch';

/** The most changes of one write: their marks are read in one call. */
const MAX_BATCH = 25;

export interface CountSettings {
  readonly rules: readonly Rule[];
  readonly schemaBase: string;
  readonly now: () => number;
}

/** A change that may count in a group. */
interface Entry {
  readonly rule: Rule;
  readonly group: Group;
  readonly change: Change;
  readonly also: (subject: Subject | undefined) => Subject | undefined;
}

/** Counts changes in epochs: see `epochWriter`. Changes of one group that come at once are written together. */
export function countChanges(
  { items, publish, ask }: MilestonePorts,
  { rules, schemaBase, now }: CountSettings,
) {
  const writeEpoch = epochWriter({ items, publish }, { schemaBase, now });
  const inTurn = inBatches(countAll, MAX_BATCH);

  async function countAll(entries: readonly Entry[]): Promise<void> {
    const [{ rule, group }] = entries as [Entry];
    const epoch = await writeEpoch(group, {
      subjects: entries.map(({ change }) => change.subject),
      make(before, marks, isNew) {
        const after = countEach(before, entries, marks);
        // A rule begins in a group with its first event, whether that counts or not.
        return after.log.length > 0 || isNew ? after : undefined;
      },
      also: (subject, value) =>
        entries
          .filter(({ change }) => textOf(change.subject) === textOf(subject))
          .reduce((so, { also }) => also(so), value),
    });
    if (epoch) await arm(rule, group, epoch, entries);
  }

  function countEach(before: Epoch, entries: readonly Entry[], known: Marks): Epoch {
    const marks = new Map(known);
    let epoch = before;
    for (const { rule, change } of entries) {
      const mark = marks.get(textOf(change.subject));
      const next = count(epoch, rule, change, { mark, nowMs: now() });
      const counted = next?.log.at(-1);
      if (!next || !counted) continue;
      marks.set(textOf(change.subject), counted);
      epoch = next;
    }
    return epoch;
  }

  /** Sends the first timer of an epoch, if that is up to one of the events. */
  async function arm(
    rule: Rule,
    group: Group,
    epoch: Epoch,
    entries: readonly Entry[],
  ): Promise<void> {
    const due = dueAt(epoch, rule);
    if (!due || !entries.some(({ change }) => change.id === epoch.armedBy)) return;
    await ask({ ...group, epoch: epoch.epoch }, secondsUntil(due.ms));
  }

  const secondsUntil = (dueMs: number): number =>
    Math.min(Math.max(1, Math.ceil((dueMs - now()) / 1_000)), MAX_DELAY_SECONDS);

  return {
    /** Counts an event for every rule that knows it. @param also what else is written into its subject's item */
    async count(event: AnyEvent, also: Entry['also']): Promise<void> {
      const { key, position } = subjectOf(event);
      const change: Change = {
        id: event.id,
        platform: event.data.platform,
        subject: key,
        position,
        recoveredTime: event.recovered && event.time,
        receivedMs: Date.parse(event.recordedtime),
      };
      const entries = rules.flatMap((rule) => {
        const group = groupOf(rule, event);
        return group ? [{ rule, group, change, also }] : [];
      });
      // One rule after the other: all of them mark the same subject.
      for (const entry of entries) await inTurn(nameOf(entry.group), entry);
    },

    /**
     * Fires if the epoch is over, or is to end in any case.
     *
     * @returns in how many seconds to ask again; undefined if nobody needs to
     */
    async answer({ epoch, fire, ...group }: Ask): Promise<number | undefined> {
      const rule = rules.find(({ name }) => name === group.rule);
      const isOpen = (state: Epoch): boolean => state.epoch === epoch && state.subjects > 0;
      const left = await writeEpoch(group, {
        subjects: [],
        make: (before) => (isOpen(before) ? ring(before, rule, { fire, nowMs: now() }) : undefined),
      });
      const due = rule && left && isOpen(left) ? dueAt(left, rule) : undefined;
      return due && secondsUntil(due.ms);
    },
  };
}
