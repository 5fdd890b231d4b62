import { newest } from '../events/timestamp';
import type { StoredSubject } from '../label-store/stored-label';
import type { LabelForm, ListedPage, ListedProject } from '../webhook-api/listing';
import { compareProject } from './compare-project';
import { type RowComparer, rowComparer } from './compare-rows';
import type { Finding } from './judge';
import { type ProjectNote, type Rest, readProject, writeProject } from './notes';
import type { ReconcilePorts } from './ports';
import { Steps } from './steps';
import { isLive, type StoredThings } from './stored-things';
import { type Extent, restOf, type Window, windowOf, withOverlap } from './window';

export interface ProjectTask {
  readonly project: ListedProject;
  readonly store: StoredThings;
  readonly forms: readonly LabelForm[];
  readonly extent: Extent;
  /** The time for which changes are left to webhooks, in milliseconds. */
  readonly lagMs: number;
  now(): Date;
  /** Whether nothing is remembered. */
  readonly isDry: boolean;
  /** Whether nothing is remembered before `commit`. */
  readonly isCommittedLate: boolean;
  /** Ends the run between two pages, or while rows are asked for. */
  readonly signal: AbortSignal;
  found(finding: Finding): Promise<void>;
  /** Sends what was found. */
  flush(): Promise<void>;
  unreadable(count: number): void;
  listed(page: ListedPage): void;
}

export interface ProjectRun {
  readonly isFinished: boolean;
  /** Remembers how far it came. To be called when everything is published. */
  commit(): Promise<void>;
}

/** About how many rows are asked for at once: those of a page. */
const ROWS = 100;

/**
 * Compares one project with the store. A list of everything is followed by a walk through the store: what was not listed
 * is asked for. A list that goes on where an earlier process ended is followed by what changed since it began.
 */
export async function reconcileProject(
  ports: ReconcilePorts,
  task: ProjectTask,
): Promise<ProjectRun> {
  const { listing, notes } = ports;
  const { project, extent, lagMs, isDry, isCommittedLate } = task;
  const isRemembered = listing.isLive && !isDry;
  const note = listing.isLive ? await readProject(notes, project.id) : {};
  const began = await listing.now();
  const window = windowOf(extent, isRemembered ? note : { mark: note.mark }, began);
  const latest = lagMs > 0 ? new Date(began.getTime() - lagMs).toISOString() : undefined;
  const comparer = rowComparer({ ...task, listing, latest });
  const remember = async (change: ProjectNote): Promise<void> => {
    if (!isRemembered) return;
    // Another run may have remembered a place of its own meanwhile.
    await writeProject(notes, project.id, { ...(await readProject(notes, project.id)), ...change });
  };
  const steps = new Steps({ ...window, extent, lagMs, isCommittedLate, remember });

  await compareProject(ports, { ...task, latest });
  const isFinished = await compareAll(ports, task, comparer, window, steps).catch(
    (error: unknown) => {
      // The rows that it was asking for are not compared, and come again after the place that is remembered.
      if (task.signal.aborted && error === task.signal.reason) return false;
      throw error;
    },
  );
  if (!isFinished) return { isFinished, commit: () => steps.commit() };
  const { since, isGapless } = window;
  const finished = {
    // Where nothing changed, the next list begins where this one did.
    mark: isGapless
      ? (newest([note.mark, steps.newest]) ?? since?.toISOString() ?? steps.latest)
      : note.mark,
    [restOf(extent)]: undefined,
    ...(extent === 'full' && { fullAt: steps.began }),
  };
  return { isFinished, commit: () => remember(finished) };
}

/** @returns whether it came to its end */
async function compareAll(
  ports: ReconcilePorts,
  task: ProjectTask,
  comparer: RowComparer,
  { since, rest }: Window,
  steps: Steps,
): Promise<boolean> {
  const { extent, listed } = task;
  const { cursor, walk: walked, changes } = rest ?? {};
  const onPage = async (page: ListedPage): Promise<void> => {
    listed(page);
    steps.compared(page.rows);
    await steps.at({ cursor: page.cursor });
  };
  const [isListed, isWalked] = [walked !== undefined || changes, changes || extent !== 'full'];
  return (
    (isListed || (await list(ports, task, comparer, { since, after: cursor }, onPage))) &&
    (isWalked || (await walk(task, comparer, steps, walked))) &&
    (!rest || (await listChanges(ports, task, comparer, rest, steps)))
  );
}

/**
 * Lists what changed since an earlier process began, again and again until one process lists it to its end.
 *
 * @returns whether it came to its end
 */
async function listChanges(
  ports: ReconcilePorts,
  task: ProjectTask,
  comparer: RowComparer,
  rest: Rest,
  steps: Steps,
): Promise<boolean> {
  let since = rest.changes?.since ?? withOverlap(rest.began).toISOString();
  for (let place = rest.changes; ; place = undefined) {
    const began = place?.began ?? (await ports.listing.now()).toISOString();
    const range = { since: new Date(since), after: place?.cursor };
    const own = { since, began };
    const isEnded = await list(ports, task, comparer, range, ({ cursor }) =>
      steps.at({ changes: { ...own, cursor } }),
    );
    if (!isEnded || !place) return isEnded;
    since = withOverlap(began).toISOString();
  }
}

interface Range {
  readonly since?: Date;
  readonly after?: string;
}

/** @returns whether it came to its end */
async function list(
  { listing }: ReconcilePorts,
  { project, forms, flush, signal }: ProjectTask,
  comparer: RowComparer,
  { since, after }: Range,
  onPage: (page: ListedPage) => Promise<void>,
): Promise<boolean> {
  for await (const page of listing.rows(project, { forms, since, after })) {
    await comparer.compare(page.rows, since !== undefined);
    await flush();
    await onPage(page);
    if (signal.aborted) return false;
  }
  return true;
}

/** Asks for everything of the store that was not listed. @returns whether it came to its end */
async function walk(
  { project, store, flush, unreadable, signal }: ProjectTask,
  comparer: RowComparer,
  steps: Steps,
  after: string | undefined,
): Promise<boolean> {
  const rows = new Set<string>();
  const ask = async (): Promise<void> => {
    await comparer.ask([...rows]);
    rows.clear();
    await flush();
  };
  for await (const { things, last } of store.inProject(project.id, after)) {
    const missing = things.filter((each) => isLive(each) && comparer.isUnseen(each.subject));
    const known = missing.map(rowOf).filter((row) => row !== undefined);
    unreadable(missing.length - known.length);
    for (const row of known) rows.add(row);
    if (rows.size >= ROWS) await ask();
    if (rows.size === 0) await steps.at({ walk: last });
    if (signal.aborted) return false;
  }
  await ask();
  return true;
}

/** The row of a label, or the task itself. */
const rowOf = ({ subject, dataRow }: StoredSubject): string | undefined =>
  subject.startsWith('task/') ? subject.slice('task/'.length) : dataRow?.id;
