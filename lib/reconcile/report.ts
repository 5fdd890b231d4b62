import type { Change } from '../events/topics';

export interface ProjectReport {
  readonly id: string;
  /** How many labels were listed. */
  listed: number;
  readonly recovered: Record<Change, number>;
}

export interface Report {
  readonly projects: ProjectReport[];
  /** How many events were, or would be, published. */
  recovered: number;
  /** How many things could not be read. */
  unreadable: number;
  /** How many labels would have been deleted, if that was more than allowed: then none was. */
  withheld?: number;
  /** False if it was stopped before its end. */
  isFinished: boolean;
}

/** The report of a project, which is the last one if it has one. */
export function reportOf(id: string, { projects }: Report): ProjectReport {
  const last = projects.at(-1);
  if (last?.id === id) return last;
  const own = { id, listed: 0, recovered: { created: 0, updated: 0, deleted: 0 } };
  projects.push(own);
  return own;
}
