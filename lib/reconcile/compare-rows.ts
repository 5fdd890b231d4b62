import { SeenKeys } from '../json/long/group/seen-keys';
import type { StoredSubject } from '../label-store/stored-label';
import type {
  LabelForm,
  Listed,
  ListedProject,
  ListedRow,
  Listing,
  RowElsewhere,
} from '../webhook-api/listing';
import { deletionOf, deletionWith, type Finding, judge, type Known } from './judge';
import { isLive, type StoredThings } from './stored-things';

export interface Comparison {
  readonly project: ListedProject;
  readonly listing: Listing;
  readonly store: StoredThings;
  readonly forms: readonly LabelForm[];
  /** Rows that changed later are left to their webhooks. By the platform's clock; absent: none. */
  readonly latest?: string;
  readonly signal?: AbortSignal;
  now(): Date;
  found(finding: Finding): Promise<void>;
  unreadable(count: number): void;
}

export interface RowComparer {
  /** Compares rows of a list. @param withMissing whether to look in the store for labels that a row does not have */
  compare(rows: readonly ListedRow[], withMissing: boolean): Promise<void>;
  /** Asks the platform for rows again, and compares them with what the store had before. */
  ask(rowIds: readonly string[]): Promise<void>;
  /** Whether a subject was in no row until now. */
  isUnseen(subject: string): boolean;
}

/**
 * Compares rows with the store. A change that the store may have had after the list was made is only believed after the
 * platform was asked again: what the store knew before that is not newer than the second answer.
 */
export function rowComparer(comparison: Comparison): RowComparer {
  const { project, listing, store, forms, latest, signal, now, unreadable } = comparison;
  const [seen, told, short] = [new SeenKeys(), new SeenKeys(), new SeenKeys()];
  const isDue = ({ changedAt }: ListedRow) => latest === undefined || changedAt <= latest;

  /** The store may not have an event yet that was found before. */
  const tell = async (finding: Finding): Promise<void> => {
    const { subject, sequence } = finding.draft;
    if (told.add(`${subject} ${sequence?.('')}`)) await comparison.found(finding);
  };

  const parentsOf = (rowId: string): string[] => [
    `project/${project.id}`,
    ...(listing.rowSubject ? [listing.rowSubject(rowId)] : []),
  ];

  /**
   * Compares the things of rows with what is stored.
   *
   * @param isSure whether what is stored was read before the rows were listed
   * @returns the rows that have to be asked for again
   */
  async function look(
    rows: readonly ListedRow[],
    stored: ReadonlyMap<string, StoredSubject>,
    isSure: (subject: string) => boolean,
  ): Promise<Set<string>> {
    const others = rows.flatMap((row) => othersIn(row, stored, isSure));
    const ends = await store.ends([...new Set(others.flatMap(({ row }) => parentsOf(row.id)))]);
    const doubtful = new Set<string>();
    for (const { row, thing, known } of others) {
      const parents = parentsOf(row.id).filter((parent) => parent !== thing.subject);
      const until = parents.flatMap((parent) => ends.get(parent) ?? []);
      const judgement = judge(thing, { ...known, until: until.sort().at(-1) });
      if (judgement === 'doubtful') doubtful.add(row.id);
      else if (typeof judgement === 'object') await tell(judgement);
    }
    return doubtful;
  }

  /** The things of a row that the store does not have so. */
  function othersIn(
    row: ListedRow,
    stored: ReadonlyMap<string, StoredSubject>,
    isSure: (subject: string) => boolean,
  ): { readonly row: ListedRow; readonly thing: Listed; readonly known: Known }[] {
    if (row.unreadable && short.add(row.id)) unreadable(row.unreadable);
    // A thing that was made since the run began has a life that began later than the run.
    const foundAt = now().toISOString();
    return row.things.flatMap((thing) => {
      const { subject } = thing;
      const known = { stored: stored.get(subject), isSure: isSure(subject), foundAt };
      const judgement = judge(thing, known);
      if (judgement === 'unreadable') unreadable(1);
      return judgement === 'same' || judgement === 'unreadable' ? [] : [{ row, thing, known }];
    });
  }

  async function compare(rows: readonly ListedRow[], withMissing: boolean): Promise<void> {
    for (const { things } of rows) for (const { subject } of things) seen.add(subject);
    const due = rows.filter(isDue);
    const stored = await store.read(
      due.flatMap(({ things }) => things.map(({ subject }) => subject)),
    );
    const doubtful = await look(due, stored, () => false);
    if (withMissing) {
      const missing = due.map(async (row) => {
        const subjects = new Set(row.things.map(({ subject }) => subject));
        const known = await store.inRow(project.id, row.id);
        const isMissing = known.some((each) => isLive(each) && !subjects.has(each.subject));
        if (isMissing) doubtful.add(row.id);
      });
      await Promise.all(missing);
    }
    await ask([...doubtful], stored);
  }

  /** @param known what is stored of things that are in these rows now, perhaps under another row */
  async function ask(
    rowIds: readonly string[],
    known: ReadonlyMap<string, StoredSubject> = new Map(),
  ): Promise<void> {
    // A file proves no deletion, and newer things in the store stay.
    if (rowIds.length === 0 || !listing.isLive) return;
    const before = await Promise.all(
      rowIds.map(async (id) => [id, await store.inRow(project.id, id)] as const),
    );
    const rows = new Map<string, ListedRow | RowElsewhere>();
    for await (const row of listing.find(project, rowIds, { forms }, signal)) rows.set(row.id, row);
    for (const [id, inRow] of before) await settle(id, inRow, rows.get(id), known);
  }

  async function settle(
    rowId: string,
    inRow: readonly StoredSubject[],
    row: ListedRow | RowElsewhere | undefined,
    known: ReadonlyMap<string, StoredSubject>,
  ): Promise<void> {
    if (!row || 'isElsewhere' in row) await gone(rowId, inRow.filter(isLive), row);
    else if (isDue(row)) await compareAgain(row, inRow, known);
  }

  async function compareAgain(
    row: ListedRow,
    inRow: readonly StoredSubject[],
    known: ReadonlyMap<string, StoredSubject>,
  ): Promise<void> {
    const subjects = new Set(row.things.map(({ subject }) => subject));
    for (const subject of subjects) seen.add(subject);
    const before = new Map([...known, ...inRow.map((each) => [each.subject, each] as const)]);
    const after = await store.read([...subjects].filter((each) => !before.has(each)));
    await look([row], new Map([...before, ...after]), (subject) => !after.has(subject));
    const missing = inRow.filter((each) => isLive(each) && !subjects.has(each.subject));
    if (!row.isWhole) return unreadable(row.unreadable ? 0 : missing.length);
    for (const each of missing) await goneThing(row.id, each);
  }

  const goneThing = (rowId: string, stored: StoredSubject): Promise<void> =>
    tell(
      deletionOf(stored, listing.gone({ subject: stored.subject, projectId: project.id, rowId })),
    );

  async function gone(
    rowId: string,
    live: readonly StoredSubject[],
    elsewhere?: RowElsewhere,
  ): Promise<void> {
    if (live.length === 0) return;
    const subject = listing.rowSubject?.(rowId);
    if (subject === undefined || elsewhere) {
      // A row that another project has stays: its deletion would take along the labels that it has there.
      for (const each of live) if (each.subject !== subject) await goneThing(rowId, each);
      return;
    }
    const draft = listing.gone({ subject, projectId: project.id, rowId });
    await tell(deletionWith(live, draft));
  }

  return { compare, ask, isUnseen: (subject) => seen.add(subject) };
}
