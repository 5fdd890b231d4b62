import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../errors';
import type { ListedPage, ListedProject } from '../webhook-api/listing';
import { eventBatch } from './event-batch';
import { expectOrganization } from './expect-organization';
import { findGoneProjects, type ProjectsQuery } from './gone-projects';
import { readProject, readSource, type SourceNote, writeSource } from './notes';
import type { ReconcilePorts } from './ports';
import { type ProjectRun, reconcileProject } from './reconcile-project';
import { type Report, reportOf } from './report';
import { storedThings } from './stored-things';
import type { Extent } from './window';

export interface ReconcileOptions {
  /** The configured name of the source. */
  readonly source: string;
  readonly extent: Extent;
  /** When a round of everything began: projects that were compared whole since then are done. By the platform's clock. */
  readonly roundAt?: string;
  /** The ids of the projects. Absent: all that the key sees. */
  readonly projects?: readonly string[];
  /** Whether an operator named the projects: then one that is not there is deleted. */
  readonly isNamed?: boolean;
  /** How long a change is left to webhooks, in milliseconds. */
  readonly lagMs: number;
  /** Whether nothing is published or remembered. */
  readonly isDry?: boolean;
  /** The largest share of the source's live labels that may be deleted, from 0 to 1. Absent: any. */
  readonly maxDeleted?: number;
  /** How long to wait for the events that the store has not taken, in milliseconds. */
  readonly waitMs?: number;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  /** Is told of every page. */
  readonly onPage?: (project: ListedProject, page: ListedPage) => void;
  /** Gets messages for the operator. */
  readonly onNotice?: (text: string) => void;
}

const WAIT_MS = 5 * 60_000;

/**
 * Compares a platform with the label store, and publishes the changes that no webhook reported.
 *
 * @throws LabelrelayError `refused` if the key belongs to another organization than before; `unavailable` if the store
 *   falls behind; `not-found` if a named project is known to nobody, or not in the file; and the errors of the listing
 */
export async function reconcile(ports: ReconcilePorts, options: ReconcileOptions): Promise<Report> {
  const { listing, notes, labels } = ports;
  const { isDry = false, maxDeleted, now = () => new Date() } = options;
  const organization = await expectOrganization(ports);
  await waitForStore(ports, options);

  const report: Report = { projects: [], recovered: 0, unreadable: 0, isFinished: true };
  const store = storedThings(labels, options.source);
  const known = new Map((await store.projects()).map(({ id, forms }) => [id, forms]));
  const batch = eventBatch(ports, { maxDeleted, isDry, now, store, report });
  const commits: ProjectRun['commit'][] = [];
  const commit = async (): Promise<void> => {
    for (const each of commits.splice(0)) await each();
  };

  const seen = new Set<string>();
  for await (const { project, extent } of inOrder(ports, options)) {
    if (!report.isFinished) break;
    seen.add(project.id);
    const own = reportOf(project.id, report);
    const run = await reconcileProject(ports, {
      ...{ project, store, now, isDry },
      extent,
      forms: known.get(project.id) ?? [],
      lagMs: options.lagMs,
      isCommittedLate: maxDeleted !== undefined,
      signal: options.signal ?? new AbortController().signal,
      found: (finding) => batch.add(finding, own),
      flush: batch.flush,
      unreadable: (count) => {
        report.unreadable += count;
      },
      listed: (page) => {
        own.listed += labelsIn(page);
        options.onPage?.(project, page);
      },
    });
    commits.push(run.commit);
    report.isFinished = run.isFinished;
    // Deletions that are counted first have to be published before anything is remembered.
    if (maxDeleted === undefined) await commit();
  }
  const isWhole = report.isFinished && listing.isLive;
  if (isWhole) {
    const gone = findGoneProjects({
      listing,
      store,
      ...goneQuery(options, organization, seen, known),
    });
    for await (const { id, finding } of gone) await batch.add(finding, reportOf(id, report));
  }
  await batch.end();
  if (report.withheld === undefined) await commit();
  if (isWhole && !isDry) {
    await writeSource(notes, {
      ...(await readSource(notes)),
      ...provenBy(seen, known, organization),
      ...(!options.isNamed && { finishedAt: now().toISOString(), recovered: report.recovered }),
    });
  }
  return report;
}

/** A key that sees nothing of what the store has may belong to another organization. */
function provenBy(
  seen: ReadonlySet<string>,
  known: ReadonlyMap<string, unknown>,
  organization: string | undefined,
): Pick<SourceNote, 'organization'> {
  const isProven = known.size === 0 ? seen.size > 0 : seesAny(seen, known);
  return isProven ? { organization } : {};
}

/** Whether the platform showed any of the projects that the store has. */
const seesAny = (seen: ReadonlySet<string>, known: ReadonlyMap<string, unknown>): boolean =>
  [...seen].some((id) => known.has(id));

interface Chosen {
  readonly project: ListedProject;
  readonly extent: Extent;
}

/** A project that was compared whole in this round is only asked for its changes, after all that were not. */
async function* inOrder(ports: ReconcilePorts, options: ReconcileOptions): AsyncGenerator<Chosen> {
  const { extent, roundAt } = options;
  const done: Chosen[] = [];
  for await (const project of chosen(ports, options)) {
    const isDone =
      extent === 'full' &&
      roundAt !== undefined &&
      ((await readProject(ports.notes, project.id)).fullAt ?? '') >= roundAt;
    if (isDone) done.push({ project, extent: 'last' });
    else yield { project, extent };
  }
  yield* done;
}

/** The projects that may be gone, and the organization that proves it, if it is known. */
function goneQuery(
  { extent, projects, isNamed = false, onNotice = () => {} }: ReconcileOptions,
  organization: string | undefined,
  seen: ReadonlySet<string>,
  known: ReadonlyMap<string, unknown>,
): Omit<ProjectsQuery, 'listing' | 'store'> {
  const ids = new Set(projects ?? (extent === 'full' ? known.keys() : []));
  const isBelieved = isNamed || seesAny(seen, known);
  return {
    ids: [...ids].filter((id) => !seen.has(id)),
    isNamed,
    organization: isBelieved ? organization : undefined,
    onNotice,
  };
}

const labelsIn = ({ rows }: ListedPage): number =>
  rows.reduce((sum, { labels }) => sum + labels, 0);

/** The projects of a run that the platform has. */
async function* chosen(
  { listing }: ReconcilePorts,
  { projects }: ReconcileOptions,
): AsyncGenerator<ListedProject> {
  if (projects === undefined) return yield* listing.projects();
  for (const id of new Set(projects)) {
    const project = await listing.project(id);
    if (project) yield project;
    else if (!listing.isLive) {
      throw new LabelrelayError('not-found', `expected a project ${id} in the file, got none`);
    }
  }
}

/** @throws LabelrelayError `unavailable` */
async function waitForStore(
  { backlog }: ReconcilePorts,
  { waitMs = WAIT_MS, signal }: ReconcileOptions,
): Promise<void> {
  const end = performance.now() + waitMs;
  for (;;) {
    const count = await backlog();
    if (count === 0 || signal?.aborted) return;
    if (performance.now() >= end) {
      throw new LabelrelayError(
        'unavailable',
        `expected the label store to have every event, got ${count} waiting in its queue: run it again when they are done`,
      );
    }
    await setTimeout(1_000);
  }
}
