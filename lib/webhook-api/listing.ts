import type { EventDraft } from '../events/draft';
import type { Change } from '../events/topics';
import type { Label } from '../events/types';

/**
 * A thing that the platform has, under the subject that its webhooks use: a task, a label, or all labels of a data row.
 *
 * @example A label that was edited once, in Label Studio
 * ```ts
 * const label: Listed = {
 *   subject: 'label/17',
 *   lastChange: 'updated',
 *   draft: (change) => normalize(bodyOf(annotation, change))[0],
 * };
 * ```
 */
export interface Listed {
  readonly subject: string;
  /** The change that its newest webhook told of, or would have. `draft` of it has the sequence of that webhook. */
  readonly lastChange: Exclude<Change, 'deleted'>;
  /**
   * The event of a webhook that tells of the thing as it is now: what the normalizer makes of such a body, redacted.
   * `deleted` is only asked of the labels of a data row: then the event has the labels that remain.
   */
  draft(change: Change): EventDraft;
  /** How its labels are compared with those of its webhooks. Absent: they have the same form. */
  readonly comparable?: Comparable;
}

/** Takes what both webhooks and a list tell, in one form: the rest is not compared. */
export interface Comparable {
  label(label: Label): Label;
  /** @param content of a data row */
  content(content: unknown): unknown;
}

/** A task or a data row, as the platform has it now. */
export interface ListedRow {
  readonly id: string;
  /** The newest change of anything in the row by the platform's clock, RFC 3339 in UTC. */
  readonly changedAt: string;
  readonly things: readonly Listed[];
  /** How many labels were listed in the row, in whatever form. */
  readonly labels: number;
  /** Whether `things` are all that the row has. If not, nothing that is missing is deleted. */
  readonly isWhole: boolean;
  /** How many things of the row could not be read. Absent: none. */
  readonly unreadable?: number;
}

/** A row that another project has now: a database may give the id of a deleted task again, in any project. */
export interface RowElsewhere {
  readonly id: string;
  readonly isElsewhere: true;
}

/** Some rows of a list. */
export interface ListedPage {
  readonly rows: readonly ListedRow[];
  /** Where the list goes on behind the page: for `RowQuery.after`, also in a later process. */
  readonly cursor: string;
  /** About how many rows the whole list has, for the progress bar. */
  readonly total?: number;
}

export interface ListedProject {
  readonly id: string;
  /** The project, if the platform has webhooks that tell of projects. */
  readonly thing?: Listed;
}

/** How the store has the labels of a project: each for itself (`label/<id>`), or those of a data row together. */
export type LabelForm = 'label' | 'row';

export interface RowQuery {
  /** The forms that the store has of the project: each label is listed once in every one of them. Empty: the newest form. */
  readonly forms: readonly LabelForm[];
  /** Rows that changed at this time or later by the platform's clock. Absent: every row. */
  readonly since?: Date;
  /** The `cursor` of a page: the rows behind it. */
  readonly after?: string;
}

/** Something of the store that the platform does not have any more. */
export interface GoneThing {
  /** Such as `label/17`, `task/5` or `project/3`. */
  readonly subject: string;
  readonly projectId: string;
  readonly rowId?: string;
}

/**
 * Lists what a platform has now: `listing/` in the platform's folder. It never leaves out a row silently: a list that is
 * not whole ends with an error. Rows come in any order, and a row may come twice.
 *
 * @throws LabelrelayError in any call: `denied`, `not-found`, `refused`, or `unavailable` after retries
 */
export interface Listing {
  /** The id of the organization that the key belongs to; undefined where there is none, as in a file. */
  organization(): Promise<string | undefined>;
  /** The time by the platform's clock. */
  now(): Promise<Date>;
  /** The projects that the key sees. */
  projects(): AsyncIterable<ListedProject>;
  /** @returns undefined only if the platform answers that there is no such project */
  project(id: string): Promise<ListedProject | undefined>;
  /** Every row of a project, or those that changed. */
  rows(project: ListedProject, query: RowQuery): AsyncIterable<ListedPage>;
  /**
   * Asks for rows by id.
   *
   * @returns the rows that are in the project, and those that another project has. When it ends without an error, the others
   *   are gone, as the platform said of each id, or of a list that is known to be whole
   * @throws the signal's reason once it is aborted
   */
  find(
    project: ListedProject,
    ids: readonly string[],
    query: Pick<RowQuery, 'forms'>,
    signal?: AbortSignal,
  ): AsyncIterable<ListedRow | RowElsewhere>;
  /**
   * The subject of a row whose deletion takes its labels along: `task/<id>`. Absent if no deletion of a row or a project
   * takes labels along: then each of them is deleted.
   */
  rowSubject?(rowId: string): string;
  /** The event of a webhook that tells that a thing is gone. Its sequence does not count. */
  gone(thing: GoneThing): EventDraft;
  /**
   * Whether it shows what is there at the time of a call. A file does not: then nothing is deleted, and what the store has
   * newer stays.
   */
  readonly isLive: boolean;
}

/** The settings of a listing beside the access to the API. */
export interface ListingOptions {
  /** The most requests in a second. */
  readonly requestsPerSecond?: number;
}
