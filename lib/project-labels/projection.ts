import type { Values } from '../consume/values';
import type { LabelData } from '../events/schemas/data';

/** What is known of a label, or of all labels of a data row. */
export interface LabelRow {
  readonly labels: NonNullable<LabelData['labels']>;
  /**
   * What takes the labels along when it is deleted: `<source>/<subject>`, and since when they are in
   * it. Its id may be given again: a deletion takes along what is there since before it.
   */
  readonly parents: Readonly<Record<string, string>>;
}

/** Everything is gone that has had the subject as a parent since before its deletion. */
export interface Burial {
  readonly buries: true;
}

export type LabelTable = Values<LabelRow | Burial>;
