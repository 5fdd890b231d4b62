import type { DataRow, Label, LabeledProject, Named } from '../events/types';

/**
 * One label as the label store knows it, with its project and its data row.
 *
 * @example
 * ```ts
 * import type { StoredLabel } from 'labelrelay/worker';
 *
 * const stored: StoredLabel = {
 *   source: 'labelbox',
 *   subject: 'label/a',
 *   label: { id: 'a' },
 *   sequence: '2026-01-01T00:00:00.000000Z-0',
 * };
 * console.log(stored.label.id); // a
 * ```
 */
export interface StoredLabel {
  /** The configured name of the source. */
  readonly source: string;
  /** The subject of its events: `label/<id>`, or that of a data row's labels. */
  readonly subject: string;
  /** The project, if it is known. */
  readonly project?: LabeledProject;
  /** The dataset of the data row in Labelbox. */
  readonly dataset?: Readonly<Named>;
  /** The labeled thing. */
  readonly dataRow?: DataRow;
  /** The label as it is now, or as it was last. */
  readonly label: Label;
  /** The version that it comes from. */
  readonly sequence: string;
  /** Present on labels that are gone. */
  readonly deleted?: true;
}

/**
 * A label, a row's labels, a task or a project under its subject.
 *
 * @example
 * ```ts
 * import type { StoredSubject } from 'labelrelay/worker';
 *
 * const stored: StoredSubject = {
 *   source: 'labelbox',
 *   subject: 'project/p/data-row/d/labels',
 *   labels: [{ id: 'a' }, { id: 'b' }],
 *   sequence: '2026-01-01T00:00:00.000000Z/2026-01-01T00:00:00.000000Z-1',
 * };
 * console.log(stored.labels?.length); // 2
 * ```
 */
export interface StoredSubject extends Omit<StoredLabel, 'label'> {
  /** Absent for a task and a project. */
  readonly labels?: readonly Label[];
  /** The task, of a subject that is one. */
  readonly task?: object;
}
