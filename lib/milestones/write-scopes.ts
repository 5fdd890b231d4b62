import { compareToMark } from '../consume/position';
import type { Epoch } from './epoch';
import { type ItemKey, untilWritten, update } from './items';
import { milestoneEvent } from './milestone-event';
import type { MilestonePorts } from './ports';
import { type Group, nameOf, SCOPES, type Scope, scopeKey } from './scope';
import type { ScopeState } from './scope-state';
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
  /** Adds to the item of a subject when its marks are written. */
  also?(subject: ItemKey, value: Subject | undefined): Subject | undefined;
}

/** A scope, and its item as it is stored. */
interface Stored {
  readonly scope: Scope;
  readonly state: ScopeState;
  /** 0 if there is no item. */
  readonly revision: number;
}

interface Changed {
  readonly before: Stored;
  readonly after: Stored;
}

/** An epoch that fired, and the rule. */
interface Open {
  readonly group: Group;
  readonly epoch: Epoch;
}

/**
 * Changes scopes, each in an item of its own. A scope's item is written only if nobody else has written it since it was
 * read. Each epoch in it has the changes of its last write, and what fired then. The next writer finishes these first: it
 * publishes, and then writes the marks that are missing. So the item alone decides, a worker may die between any two calls,
 * and marks that are there say that all was published. A change that counts in two scopes is marked once, after both
 * items are written.
 */
export function scopesWriter(
  { items, publish }: Pick<MilestonePorts, 'items' | 'publish'>,
  schemaBase: string,
) {
  async function readScopes(scopes: readonly Scope[]): Promise<Stored[]> {
    const found = await items.read(scopes.map(scopeKey));
    return scopes.map((scope, index) => {
      const { value, revision } = found[index] ?? { value: { epochs: {} }, revision: 0 };
      return { scope, state: value as ScopeState, revision };
    });
  }

  async function readSubjects(keys: readonly ItemKey[]): Promise<Map<string, Subject | undefined>> {
    const each = [...new Map(keys.map((key) => [textOf(key), key]))];
    const found = each.length > 0 ? await items.read(each.map(([, key]) => key)) : [];
    return new Map(each.map(([text], index) => [text, found[index]?.value as Subject | undefined]));
  }

  /** Does what the last writes of scopes promised: events, and marks that are missing. */
  async function finish(
    scopes: readonly Stored[],
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

  /** @returns false if somebody else has written the item */
  async function save({ before, after }: Changed): Promise<boolean> {
    const key = scopeKey(after.scope);
    const isNew = Object.keys(before.state.epochs).length === 0;
    if (isNew) await items.put({ key: SCOPES, item: key.key }, after.scope, 0);
    return items.put(key, after.state, before.revision);
  }

  /** Forgets what a timer fired: no mark says that it was published. If somebody else writes the item meanwhile, they do. */
  async function forget(stored: Stored): Promise<void> {
    const isTimed = openIn(stored).some(
      ({ epoch: { log, outbox } }) => log.length === 0 && outbox.length > 0,
    );
    const { scope, state, revision } = stored;
    if (isTimed) await items.put(scopeKey(scope), settled(state), revision);
  }

  /** @returns the states that are stored in the end, in the order of the scopes */
  return async function writeScopes(
    scopes: readonly Scope[],
    { subjects, make, also }: ScopesChange,
  ): Promise<readonly ScopeState[]> {
    let states: readonly ScopeState[] = [];
    await untilWritten(scopes.map((scope) => scopeKey(scope).key).join(), async () => {
      const before = await readScopes(scopes);
      // The marks are read after the scopes: one that is missing then is in a log, or was never written.
      const logged = loggedIn(before.flatMap(openIn)).values();
      const known = await readSubjects([...subjects, ...logged]);
      await finish(before, known, also);
      const changes = before.flatMap((each): Changed[] => {
        const next = make(each.scope, settled(each.state), known);
        return next
          ? [{ before: each, after: { ...each, state: next, revision: each.revision + 1 } }]
          : [];
      });
      const saved = await Promise.all(changes.map(save));
      if (saved.includes(false)) return false;
      const changed = changes.map(({ after }) => after);
      await finish(changed, known, also);
      const after = before.map((each) => changed.find(({ scope }) => scope === each.scope) ?? each);
      await Promise.all(after.map(forget));
      states = after.map(({ state }) => state);
      return true;
    });
    return states;
  };
}

const openIn = ({ scope, state }: Stored): Open[] =>
  Object.entries(state.epochs).map(([rule, epoch]) => ({ group: { rule, ...scope }, epoch }));

/** The subjects of changes that may have no mark yet, by `textOf` their keys. */
const loggedIn = (open: readonly Open[]): Map<string, ItemKey> =>
  new Map(
    open.flatMap(({ epoch }) =>
      epoch.log.map(({ subject }) => [textOf(subject), subject] as const),
    ),
  );

/** A state of which all is marked and published. */
const settled = ({ epochs, ...rest }: ScopeState): ScopeState => ({
  ...rest,
  epochs: Object.fromEntries(
    Object.entries(epochs).map(([rule, epoch]) => [rule, { ...epoch, log: [], outbox: [] }]),
  ),
});

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
