import type { Values } from '../consume/values';
import type { LabelData } from '../events/schemas/data';

/** The state of a label, or of all labels of a data row. */
export interface LabelRow {
  readonly labels: NonNullable<LabelData['labels']>;
  /**
   * The objects whose deletion deletes the labels too: `<source>/<subject>`, with the time since which they contain
   * the labels. Ids may be reused, so a deletion only affects labels from before it.
   */
  readonly parents: Readonly<Record<string, string>>;
}

/** A deletion that also deletes all labels that had the subject as a parent before. */
export interface Burial {
  readonly buries: true;
}

export type LabelTable = Values<LabelRow | Burial>;
