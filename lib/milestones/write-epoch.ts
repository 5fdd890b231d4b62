import { compareToMark } from '../consume/position';
import { type DerivedEvent, deriveEvent } from './derived-event';
import { type Epoch, type Fired, type Mark, newEpoch } from './epoch';
import { type ItemKey, readOne, untilWritten, update } from './items';
import type { MilestonePorts } from './ports';
import type { Group } from './rule';
import { type Subject, withMark } from './subject';

/** The key under which the groups are listed. Keys of subjects begin with a slash. */
export const GROUPS = '#groups';

export const epochKey = ({ rule, source, project }: Group): ItemKey => ({
  key: `#rule ${rule} ${source}`,
  item: project === undefined ? 'epoch' : `epoch ${project}`,
});

/** The name of a group, which is also that of its marks: a rule that counts otherwise has other marks. */
export const nameOf = ({ rule, source, project }: Group): string =>
  `${rule}/${source}${project === undefined ? '' : `/project/${project}`}`;

/** The newest change that counted of each subject, by `textOf` its key. */
export type Marks = ReadonlyMap<string, Mark>;

export const textOf = ({ key, item }: ItemKey): string => `${key} ${item}`;

export interface EpochChange {
  /** The subjects whose marks are needed. */
  readonly subjects: readonly ItemKey[];
  /**
   * The next state; undefined if nothing changes.
   *
   * @param isNew whether the group has no item yet
   */
  make(before: Epoch, marks: Marks, isNew: boolean): Epoch | undefined;
  /** Adds to the item of a subject when its mark is written. */
  also?(subject: ItemKey, value: Subject | undefined): Subject | undefined;
}

/**
 * Changes epochs. An epoch's item is written only if nobody else has written it since it was read. It has the changes of
 * its last write, and what fired then. Whoever writes next first finishes these: it writes their marks, and publishes. So
 * the item alone decides, and a worker may die between any two calls.
 */
export function epochWriter(
  { items, publish }: Pick<MilestonePorts, 'items' | 'publish'>,
  { schemaBase, now }: { readonly schemaBase: string; readonly now: () => number },
) {
  async function readMarks(group: Group, subjects: readonly ItemKey[]): Promise<Map<string, Mark>> {
    const keys = [...new Map(subjects.map((subject) => [textOf(subject), subject])).values()];
    const found = keys.length > 0 ? await items.read(keys) : [];
    const marks = new Map<string, Mark>();
    for (const [index, key] of keys.entries()) {
      const subject = found[index]?.value as Subject | undefined;
      const mark = subject?.marks?.[nameOf(group)];
      if (mark) marks.set(textOf(key), mark);
    }
    return marks;
  }

  /** Does what an epoch's last write promised: marks that are missing, and events. */
  async function finish(
    group: Group,
    { log, outbox }: Epoch,
    marks: Map<string, Mark>,
    also?: EpochChange['also'],
  ): Promise<void> {
    // The log is in the order of counting: the last change of a subject is its newest.
    const newest = new Map(log.map((counted) => [textOf(counted.subject), counted]));
    await Promise.all(
      [...newest].map(async ([text, counted]) => {
        const known = marks.get(text);
        if (known && compareToMark(counted, known) <= 0) return;
        const subject = await update<Subject>(items, counted.subject, (value) => {
          const marked = withMark(value, nameOf(group), counted);
          return also ? also(counted.subject, marked) : marked;
        });
        marks.set(text, subject?.marks?.[nameOf(group)] ?? counted);
      }),
    );
    if (outbox.length > 0) await publish(outbox.map((fired) => toEvent(group, fired, schemaBase)));
  }

  /** Forgets what was published. If somebody else has written the item meanwhile, they do. */
  async function empty(key: ItemKey, published: Epoch): Promise<void> {
    const found = await readOne<Epoch>(items, key);
    if (found?.value.outbox.at(-1)?.epoch !== published.outbox.at(-1)?.epoch) return;
    await items.put(key, { ...found?.value, outbox: [] }, found?.revision ?? 0);
  }

  /** @returns false if somebody else has written the item */
  async function save(
    group: Group,
    next: Epoch,
    {
      revision,
      marks,
      also,
    }: Pick<EpochChange, 'also'> & {
      readonly revision: number;
      readonly marks: Map<string, Mark>;
    },
  ): Promise<boolean> {
    const key = epochKey(group);
    if (revision === 0) await items.put({ key: GROUPS, item: nameOf(group) }, group, 0);
    if (!(await items.put(key, next, revision))) return false;
    await finish(group, next, marks, also);
    if (next.outbox.length > 0) await empty(key, next);
    return true;
  }

  /** @returns the state that is stored in the end; undefined if there is none */
  return async function writeEpoch(
    group: Group,
    { subjects, make, also }: EpochChange,
  ): Promise<Epoch | undefined> {
    const key = epochKey(group);
    let stored: Epoch | undefined;
    await untilWritten(key, async () => {
      const { value, revision } = (await readOne<Epoch>(items, key)) ?? { revision: 0 };
      const before = value ?? newEpoch(now());
      // The marks are read after the epoch: one that is missing then is in the epoch's log, or was never written.
      const logged = before.log.map(({ subject }) => subject);
      const marks = await readMarks(group, [...subjects, ...logged]);
      await finish(group, before, marks);
      const settled = { ...before, log: [], outbox: [] };
      const made = make(settled, marks, revision === 0);
      stored = made ?? value;
      if (!made && before.outbox.length === 0) return true;
      return save(group, made ?? settled, { revision, marks, also });
    });
    return stored;
  };
}

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
