import type { DataRow, Label, LabeledProject } from '../events/types';

/** The stored content of a subject: a label, the labels of a data row, a task, or a project. */
export interface Content {
  readonly project?: LabeledProject;
  readonly dataset?: { readonly id?: string; readonly name?: string };
  readonly dataRow?: DataRow;
  /** One label, or all labels of a data row. Absent for a task and a project. */
  readonly labels?: readonly Label[];
  readonly task?: object;
}

/** The project and the data row that a subject is in. */
export interface Place {
  /** `<source>/project/<id>`. The id is empty if the event has none. */
  readonly project: string;
  /** The id of the data row in a form that sorts: see `rowOrder`. */
  readonly row: string;
}

/** The projects and the data row whose labels and tasks a deletion takes along. */
export interface CascadeScope {
  /** `<source>/project/<id>` of each, in order. Absent: any project of the source. */
  readonly projects?: readonly string[];
  /** In the form that sorts. Absent: all data rows of the project. */
  readonly row?: string;
}

/** The change that an event makes in the store. */
export interface Change {
  /** Absent if the subject is gone. */
  readonly content?: Content;
  /** The facts that stay known of a subject that is gone. */
  readonly about: Pick<Content, 'project' | 'dataRow'>;
  readonly place?: Place;
  /**
   * Subjects whose deletion takes this one along: `<source>/<subject>`, and since when this one is in them. An id may be
   * used again, so a deletion takes along only the subjects that were there before it.
   */
  readonly parents?: Readonly<Record<string, string>>;
  /** Where the subjects are that a deletion may take along. Absent if it takes none along. */
  readonly cascade?: CascadeScope;
}
