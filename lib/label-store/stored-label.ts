import type { DataRow, Label, LabeledProject } from '../events/schemas/label';

/** One label as the label store knows it, and what it stands in. */
export interface StoredLabel {
  /** The configured name of the source. */
  readonly source: string;
  /** The subject of its events: `label/<id>`, or that of a data row's labels. */
  readonly subject: string;
  readonly project?: LabeledProject;
  readonly dataset?: { readonly id?: string; readonly name?: string };
  readonly dataRow?: DataRow;
  readonly label: Label;
  /** The version that it comes from. */
  readonly sequence: string;
  /** Present on labels that are gone. */
  readonly deleted?: true;
}
