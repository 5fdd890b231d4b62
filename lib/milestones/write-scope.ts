import { compareToMark } from '../consume/position';
import { type DerivedEvent, deriveEvent } from './derived-event';
import type { Counted, Epoch, Fired } from './epoch';
import { type ItemKey, readOne, untilWritten, update } from './items';
import type { MilestonePorts } from './ports';
import { type Group, nameOf, SCOPES, type Scope, scopeKey } from './scope';
import type { ScopeState } from './scope-state';
import { type Subject, withMark } from './subject';

/** The items of subjects, by `textOf` their keys. */
export type Subjects = ReadonlyMap<string, Subject | undefined>;

export const textOf = ({ key, item }: ItemKey): string => `${key} ${item}`;

export interface ScopeChange {
  /** The subjects whose marks are needed. */
  readonly subjects: readonly ItemKey[];
  /**
   * The next state; undefined if nothing changes.
   *
   * @param before has no changes left to mark, and nothing to publish
   */
  make(before: ScopeState, subjects: Subjects): ScopeState | undefined;
  /** Adds to the item of a subject when its marks are written. */
  also?(subject: ItemKey, value: Subject | undefined): Subject | undefined;
}

/** An epoch that fired, and the rule. */
interface Open {
  readonly group: Group;
  readonly epoch: Epoch;
}

/**
 * Changes scopes. A scope's item is written only if nobody else has written it since it was read. Each epoch in it has the
 * changes of its last write, and what fired then. The next writer finishes these first: it publishes, and then writes
 * the marks that are missing. So the item alone decides, a worker may die between any two calls, and marks that are there
 * say that all was published.
 */
export function scopeWriter(
  { items, publish }: Pick<MilestonePorts, 'items' | 'publish'>,
  schemaBase: string,
) {
  async function readSubjects(keys: readonly ItemKey[]): Promise<Map<string, Subject | undefined>> {
    const each = [...new Map(keys.map((key) => [textOf(key), key]))];
    const found = each.length > 0 ? await items.read(each.map(([, key]) => key)) : [];
    return new Map(each.map(([text], index) => [text, found[index]?.value as Subject | undefined]));
  }

  /** Does what the last write of a scope promised: events, and marks that are missing. */
  async function finish(
    scope: Scope,
    state: ScopeState,
    subjects: Map<string, Subject | undefined>,
    also: ScopeChange['also'] = (_, value) => value,
  ): Promise<void> {
    const open = openIn(scope, state);
    const events = open
      .filter(({ group, epoch }) => !isTold(epoch, group, subjects))
      .flatMap(({ group, epoch }) => epoch.outbox.map((one) => toEvent(group, one, schemaBase)));
    if (events.length > 0) await publish(events);
    const logged = open.flatMap(({ epoch }) => epoch.log.map(({ subject }) => subject));
    const mark = (key: ItemKey, value: Subject | undefined): Subject | undefined =>
      open.reduce((so, { group, epoch }) => withMarks(so, epoch, group, key), value);
    await Promise.all(
      [...new Map(logged.map((key) => [textOf(key), key]))].map(async ([text, key]) => {
        const known = subjects.get(text);
        if (mark(key, known) === known) return;
        const stored = await update<Subject>(items, key, (value) => also(key, mark(key, value)));
        subjects.set(text, stored);
      }),
    );
  }

  /** @returns false if somebody else has written the item */
  async function save(
    scope: Scope,
    { before, next, revision }: { before: ScopeState; next: ScopeState; revision: number },
  ): Promise<boolean> {
    const key = scopeKey(scope);
    const isNew = Object.keys(before.epochs).length === 0;
    if (isNew) await items.put({ key: SCOPES, item: key.key }, scope, 0);
    return items.put(key, next, revision);
  }

  /** Forgets what a timer fired: no mark says that it was published. If somebody else writes the item meanwhile, they do. */
  async function forget(scope: Scope, state: ScopeState, revision: number): Promise<void> {
    const isTimed = openIn(scope, state).some(
      ({ epoch: { log, outbox } }) => log.length === 0 && outbox.length > 0,
    );
    if (isTimed) await items.put(scopeKey(scope), settled(state), revision);
  }

  /** @returns the state that is stored in the end; undefined if there is none */
  return async function writeScope(
    scope: Scope,
    { subjects, make, also }: ScopeChange,
  ): Promise<ScopeState | undefined> {
    const key = scopeKey(scope);
    let stored: ScopeState | undefined;
    await untilWritten(key, async () => {
      const { value, revision } = (await readOne<ScopeState>(items, key)) ?? { revision: 0 };
      const before = value ?? { epochs: {} };
      // The marks are read after the scope: one that is missing then is in a log, or was never written.
      const logged = openIn(scope, before).flatMap(({ epoch }) => epoch.log);
      const known = await readSubjects([...subjects, ...logged.map(({ subject }) => subject)]);
      await finish(scope, before, known);
      const next = make(settled(before), known);
      stored = next ?? value;
      if (!next) {
        await forget(scope, before, revision);
        return true;
      }
      if (!(await save(scope, { before, next, revision }))) return false;
      await finish(scope, next, known, also);
      await forget(scope, next, revision + 1);
      return true;
    });
    return stored;
  };
}

const openIn = (scope: Scope, { epochs }: ScopeState): Open[] =>
  Object.entries(epochs).map(([rule, epoch]) => ({ group: { rule, ...scope }, epoch }));

/** A state of which all is marked and published. */
const settled = ({ epochs, ...rest }: ScopeState): ScopeState => ({
  ...rest,
  epochs: Object.fromEntries(
    Object.entries(epochs).map(([rule, epoch]) => [rule, { ...epoch, log: [], outbox: [] }]),
  ),
});

/** Whether the marks say that the events of an epoch were published. */
const isTold = ({ log }: Epoch, group: Group, subjects: Subjects): boolean =>
  log.length > 0 &&
  log.every((counted) => {
    const mark = subjects.get(textOf(counted.subject))?.marks?.[nameOf(group)];
    return mark !== undefined && compareToMark(counted, mark) <= 0;
  });

const withMarks = (
  subject: Subject | undefined,
  { log }: Epoch,
  group: Group,
  key: ItemKey,
): Subject | undefined =>
  log
    .filter((counted: Counted) => textOf(counted.subject) === textOf(key))
    .reduce((so, counted) => withMark(so, nameOf(group), counted), subject);

function toEvent(group: Group, fired: Fired, schemaBase: string): DerivedEvent {
  const { rule, source, project } = group;
  const { platform, reason, subjects, firstAt, lastAt, epoch, firedAt } = fired;
  const place = {
    platform,
    rule,
    reason,
    source,
    ...(project !== undefined && { project: { id: project } }),
  };
  return deriveEvent(
    {
      topic: 'milestone.reached',
      source,
      project,
      subject: `milestone/${rule}${project === undefined ? '' : `/project/${project}`}`,
      number: [epoch],
      time: firedAt,
      recordedtime: firedAt,
      data: { ...place, subjects, firstAt, lastAt, epoch },
    },
    schemaBase,
  );
}
