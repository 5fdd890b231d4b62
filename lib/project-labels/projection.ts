import type { Values } from '../consume/keep-newest';
import type { LabelData } from '../events/schemas/data';

/** What is known of a label, or of all labels of a data row. */
export interface LabelRow {
  readonly labels: NonNullable<LabelData['labels']>;
  /** What takes the labels along when it is deleted, as `<source>/<subject>`. */
  readonly parents: readonly string[];
}

/** Everything that has the subject as a parent is gone. */
export interface Burial {
  readonly buries: true;
}

export type LabelTable = Values<LabelRow | Burial>;
