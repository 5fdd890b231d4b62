import type { Finding } from './judge';
import type { ReconcilePorts } from './ports';
import type { ProjectReport, Report } from './report';
import { isLive, type StoredThings } from './stored-things';

/** How many events are published together. */
const EVENTS = 100;

export interface EventBatch {
  add(finding: Finding, project: ProjectReport): Promise<void>;
  flush: () => Promise<void>;
  /** Publishes the remaining findings, and the deletions that had to be counted first. */
  end(): Promise<void>;
}

export interface BatchOptions {
  /** The largest share of the source's live labels that may be deleted. */
  readonly maxDeleted?: number;
  readonly isDry: boolean;
  now(): Date;
  readonly store: StoredThings;
  readonly report: Report;
}

/** Counts and publishes findings. If deletions have a limit, they wait for the end of the run. */
export function eventBatch(
  { publish }: ReconcilePorts,
  { maxDeleted, isDry, now, store, report }: BatchOptions,
): EventBatch {
  let waiting: Finding[] = [];
  const deletions: { readonly finding: Finding; readonly project: ProjectReport }[] = [];

  const take = async (finding: Finding, project: ProjectReport): Promise<void> => {
    project.recovered[finding.change]++;
    report.recovered++;
    if (isDry) return;
    waiting.push(finding);
    if (waiting.length >= EVENTS) await flush();
  };
  const flush = async (): Promise<void> => {
    const drafts = waiting.map(({ draft }) => draft);
    waiting = [];
    if (drafts.length > 0) await publish(drafts, now());
  };

  return {
    async add(finding, project) {
      if (finding.change === 'deleted' && maxDeleted !== undefined) {
        deletions.push({ finding, project });
      } else await take(finding, project);
    },
    flush,
    async end() {
      const deletes = deletions.reduce((sum, { finding }) => sum + finding.deletes, 0);
      if (deletes > 0 && !(await hasLabels(store, deletes / (maxDeleted ?? 1)))) {
        report.withheld = deletes;
      } else for (const { finding, project } of deletions) await take(finding, project);
      await flush();
    },
  };
}

/** Whether a source has at least so many live labels. Stops when it knows. */
async function hasLabels(store: StoredThings, least: number): Promise<boolean> {
  let count = 0;
  for (const { id } of await store.projects()) {
    for await (const { things } of store.inProject(id)) {
      for (const each of things.filter(isLive)) count += each.labels?.length ?? 0;
      if (count >= least) return true;
    }
  }
  return false;
}
