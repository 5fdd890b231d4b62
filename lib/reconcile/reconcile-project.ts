import { newest } from '../events/timestamp';
import type { StoredSubject } from '../label-store/stored-label';
import type { LabelForm, ListedPage, ListedProject } from '../webhook-api/listing';
import { compareProject } from './compare-project';
import { type RowComparer, rowComparer } from './compare-rows';
import type { Finding } from './judge';
import { type ProjectNote, type Rest, readProject, writeProject } from './notes';
import type { ReconcilePorts } from './ports';
import { isLive, type StoredThings } from './stored-things';
import { before, type Extent, restOf, type Window, windowOf } from './window';

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

/** The steps after which the place of a list is remembered. */
const STEPS = 20;

/**
 * Compares one project with the store. A list of everything is followed by a walk through the store: what was not listed
 * is asked for. A list that goes on where an earlier process ended is followed by what changed since it began.
 */
export async function reconcileProject(
  ports: ReconcilePorts,
  task: ProjectTask,
): Promise<ProjectRun> {
  const { listing, notes } = ports;
  const { project, extent, lagMs, isDry } = task;
  const isRemembered = listing.isLive && !isDry;
  const note = listing.isLive ? await readProject(notes, project.id) : {};
  const began = await listing.now();
  const { rest, ...window } = windowOf(extent, isRemembered ? note : { mark: note.mark }, began);
  const latest = lagMs > 0 ? new Date(began.getTime() - lagMs).toISOString() : undefined;
  const comparer = rowComparer({ ...task, listing, latest });
  const remember = async (change: ProjectNote): Promise<void> => {
    if (!isRemembered) return;
    // Another run may have remembered a place of its own meanwhile.
    await writeProject(notes, project.id, { ...(await readProject(notes, project.id)), ...change });
  };
  const steps = new Steps(task, rest?.began ?? began.toISOString(), window, remember, rest?.newest);

  await compareProject(ports, { ...task, latest });
  const whole = { ...window, latest, after: rest?.cursor };
  const again = { since: rest && before(rest.began), latest };
  const compareAll = async (): Promise<boolean> =>
    (rest?.walk !== undefined || (await list(ports, task, comparer, whole, steps))) &&
    (!rest || (await list(ports, task, comparer, again))) &&
    (extent !== 'full' || (await walk(task, comparer, steps, rest?.walk)));
  const isFinished = await compareAll().catch((error: unknown) => {
    // The rows that it was asking for are not compared, and come again after the place that is remembered.
    if (task.signal.aborted && error === task.signal.reason) return false;
    throw error;
  });
  if (!isFinished) return { isFinished, commit: () => steps.commit() };
  const finished = {
    // Where nothing changed, the next list begins where this one did.
    mark: window.isGapless
      ? (newest([note.mark, steps.newest]) ?? window.since?.toISOString() ?? latest ?? steps.began)
      : note.mark,
    [restOf(extent)]: undefined,
    ...(extent === 'full' && { fullAt: steps.began }),
  };
  return { isFinished, commit: () => remember(finished) };
}

type Place = Pick<Rest, 'cursor' | 'walk'>;

/** Remembers the place of a list now and then. */
class Steps {
  #place: Place = {};
  #count = 0;

  constructor(
    private readonly task: ProjectTask,
    readonly began: string,
    private readonly window: Window,
    private readonly remember: (note: ProjectNote) => Promise<void>,
    public newest?: string,
  ) {}

  async at(place: Place): Promise<void> {
    this.#place = place;
    if (!this.task.isCommittedLate && ++this.#count % STEPS === 0) await this.commit();
  }

  commit(): Promise<void> {
    if (this.#count === 0 && Object.keys(this.#place).length === 0) return Promise.resolve();
    const { began, newest, window } = this;
    return this.remember({
      [restOf(this.task.extent)]: {
        ...{ began, newest, since: window.since?.toISOString() },
        ...this.#place,
      },
    });
  }
}

interface Range {
  readonly since?: Date;
  readonly after?: string;
  readonly latest?: string;
}

/** @param steps absent for a list whose place is not remembered @returns whether it came to its end */
async function list(
  { listing }: ReconcilePorts,
  { project, forms, flush, listed, signal }: ProjectTask,
  comparer: RowComparer,
  { since, after, latest }: Range,
  steps?: Steps,
): Promise<boolean> {
  for await (const page of listing.rows(project, { forms, since, after })) {
    await comparer.compare(page.rows, since !== undefined);
    await flush();
    if (steps) {
      listed(page);
      const times = page.rows.map(({ changedAt }) => changedAt);
      const compared = times.filter((each) => latest === undefined || each <= latest);
      steps.newest = newest([steps.newest, ...compared]);
      await steps.at({ cursor: page.cursor });
    }
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
  for await (const { things, last } of store.inProject(project.id, after)) {
    const missing = things.filter((each) => isLive(each) && comparer.isUnseen(each.subject));
    const rows = missing.map(rowOf).filter((row) => row !== undefined);
    unreadable(missing.length - rows.length);
    await comparer.ask([...new Set(rows)]);
    await flush();
    await steps.at({ walk: last });
    if (signal.aborted) return false;
  }
  return true;
}

/** The row of a label, or the task itself. */
const rowOf = ({ subject, dataRow }: StoredSubject): string | undefined =>
  subject.startsWith('task/') ? subject.slice('task/'.length) : dataRow?.id;
