import { compareToMark } from '../consume/position';
import type { Epoch } from './epoch';
import { type ItemKey, untilWritten, update } from './items';
import { milestoneEvent } from './milestone-event';
import type { MilestonePorts } from './ports';
import { type Group, nameOf, type Scope, scopeName } from './scope';
import { type ScopeItem, type Stored, scopeItemsOf } from './scope-items';
import { type Placed, type ScopeState, settled } from './scope-state';
import { type Subject, withMark } from './subject';

/** The items of subjects, by `textOf` their keys. */
export type Subjects = ReadonlyMap<string, Subject | undefined>;

export const textOf = ({ key, item }: ItemKey): string => `${key} ${item}`;

export interface ScopesChange {
  /** The subjects whose marks are needed. */
  readonly subjects: readonly ItemKey[];
  /**
   * The next state of a scope; undefined if nothing changes.
   *
   * @param before has no changes left to mark, and nothing to publish
   */
  make(scope: Scope, before: ScopeState, subjects: Subjects): ScopeState | undefined;
  /** Whether events and marks of the last writes are left to others if nothing changes. Then `make` may not need marks. */
  readonly isLazy?: true;
  /** Adds to the item of a subject when its marks are written. */
  also?(subject: ItemKey, value: Subject | undefined): Subject | undefined;
}

/** An epoch that fired, and the rule. */
interface Open {
  readonly group: Group;
  readonly epoch: Epoch;
}

/** The settings of `scopesWriter`. */
export interface WriteSettings {
  readonly schemaBase: string;
  /** The most characters of the item of a source, for tests. */
  readonly maxLength?: number;
}

/** Changes scopes of one source. @returns the states that are stored in the end, in the order of the scopes */
export type WriteScopes = (
  scopes: readonly [Scope, ...Scope[]],
  change: ScopesChange,
) => Promise<readonly ScopeState[]>;

/**
 * Changes scopes. An item of scopes is written only if nobody else has written it since it was read. Each epoch in it has the
 * changes of its last write, and the events that fired then. The next writer finishes these first: it publishes the events, and
 * then writes the missing marks. So a worker may die between any two calls, and a mark means that everything before it was
 * published. A change that counts in two scopes is marked once.
 */
export function scopesWriter(
  { items, publish }: Pick<MilestonePorts, 'items' | 'publish'>,
  { schemaBase, maxLength }: WriteSettings,
): WriteScopes {
  const scopeItems = scopeItemsOf(items, maxLength);

  /** @returns undefined if the items of the scopes are old */
  async function readSubjects(
    keys: readonly ItemKey[],
    scopes: readonly Stored[],
  ): Promise<Map<string, Subject | undefined> | undefined> {
    const each = [...new Map(keys.map((key) => [textOf(key), key]))];
    const rivals = scopes
      .map(scopeItems.rivalOf)
      .filter((key) => key !== undefined)
      .slice(0, 1);
    const all = [...rivals, ...each.map(([, key]) => key)];
    const found = all.length > 0 ? await items.read(all) : [];
    if (found.slice(0, rivals.length).some((rival) => rival !== undefined)) return undefined;
    const own = found.slice(rivals.length);
    return new Map(each.map(([text], index) => [text, own[index]?.value as Subject | undefined]));
  }

  /** Finishes the last writes of scopes: publishes their events, and writes the missing marks. */
  async function finish(
    scopes: readonly ScopeItem[],
    subjects: Map<string, Subject | undefined>,
    also: ScopesChange['also'] = (_, value) => value,
  ): Promise<void> {
    const open = scopes.flatMap(openIn);
    const events = open
      .filter((each) => !isTold(each, subjects))
      .flatMap(({ group, epoch }) =>
        epoch.outbox.map((one) => milestoneEvent(group, one, schemaBase)),
      );
    if (events.length > 0) await publish(events);
    await Promise.all(
      [...loggedIn(open)].map(async ([text, key]) => {
        const mark = (value: Subject | undefined): Subject | undefined =>
          open.reduce((so, each) => withMarks(so, each, text), value);
        const known = subjects.get(text);
        if (mark(known) === known) return;
        const stored = await update<Subject>(items, key, (value) => also(key, mark(value)));
        subjects.set(text, stored);
      }),
    );
  }

  /**
   * Removes events that a timer fired, since no mark says that they are published. If another worker writes the item
   * meanwhile, it removes them.
   */
  async function forget(stored: Stored): Promise<void> {
    const timed = stored.states.filter(({ state }) =>
      Object.values(state.epochs).some(({ log, outbox }) => log.length === 0 && outbox.length > 0),
    );
    if (timed.length > 0) await scopeItems.write(stored, timed.map(settled));
  }

  return async (scopes, { subjects, make, isLazy = false, also }) => {
    const names = scopes.map(scopeName);
    let states: readonly ScopeState[] = [];
    await untilWritten(names.join(), async () => {
      const before = await scopeItems.read(scopes);
      // The marks are read after the scopes: one that is missing then is in a log, or was never written.
      const logged = loggedIn(before.flatMap(openIn)).values();
      const known = await readSubjects([...subjects, ...logged], before);
      if (!known) return false;
      const changedIn = ({ states: placed }: ScopeItem): Placed[] =>
        placed.flatMap((each) => {
          const { scope, state } = settled(each);
          const next = names.includes(scopeName(scope)) ? make(scope, state, known) : undefined;
          return next ? [{ scope, state: next }] : [];
        });
      states = statesIn(before, names);
      if (isLazy && before.flatMap(changedIn).length === 0) return true;
      await finish(before, known, also);
      const after = await Promise.all(
        before.map(async (scopeItem) => {
          const changed = changedIn(scopeItem);
          return changed.length > 0 ? scopeItems.write(scopeItem, changed) : scopeItem;
        }),
      );
      const stored = after.filter((scopeItem) => scopeItem !== undefined);
      if (stored.length < after.length) return false;
      const written = stored.filter((scopeItem) => !before.includes(scopeItem));
      await finish(written, known, also);
      await Promise.all(stored.map(forget));
      // A state that did not change may have been moved out.
      states = statesIn([...before, ...stored], names);
      return true;
    });
    return states;
  };
}

/** @param names of scopes. @returns their states, of the last item that has them */
function statesIn(
  scopeItems: readonly ScopeItem[],
  names: readonly string[],
): readonly ScopeState[] {
  const placed = scopeItems.flatMap(({ states }) => states);
  const found = new Map(placed.map(({ scope, state }) => [scopeName(scope), state]));
  return names.map((name) => found.get(name) ?? { epochs: {} });
}

const openIn = ({ states }: ScopeItem): Open[] =>
  states.flatMap(({ scope, state }) =>
    Object.entries(state.epochs).map(([rule, epoch]) => ({ group: { rule, ...scope }, epoch })),
  );

/** The subjects of changes that may have no mark yet, by `textOf` their keys. */
const loggedIn = (open: readonly Open[]): Map<string, ItemKey> =>
  new Map(
    open.flatMap(({ epoch }) =>
      epoch.log.map(({ subject }) => [textOf(subject), subject] as const),
    ),
  );

/** Whether the marks say that the events of an epoch were published. */
const isTold = ({ epoch: { log }, group }: Open, subjects: Subjects): boolean =>
  log.length > 0 &&
  log.every((counted) => {
    const mark = subjects.get(textOf(counted.subject))?.marks?.[nameOf(group)];
    return mark !== undefined && compareToMark(counted, mark) <= 0;
  });

/** @param text that of the subject's key */
const withMarks = (
  subject: Subject | undefined,
  { group, epoch: { log } }: Open,
  text: string,
): Subject | undefined =>
  log
    .filter((counted) => textOf(counted.subject) === text)
    .reduce((so, counted) => withMark(so, nameOf(group), counted), subject);
