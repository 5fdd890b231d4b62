import type { LabelrelayEvent } from '../labelrelay-event';
import { type Color, colorOf } from './color';
import { type Fields, fieldsOf, listOf, textOf } from './read';
import { describe } from './words';

/** The outcome of an annotation between two versions of a label. */
export type Status = 'added' | 'removed' | 'before' | 'after' | 'same';

/** An annotation as the page shows it. */
export interface Item {
  /** Its place in the list of its label. */
  readonly index: number;
  readonly annotation: Fields;
  readonly name: string;
  readonly color: Color;
  /** One line that says where and what it is. */
  readonly words: string;
  readonly status?: Status;
}

/** The labels of an event: those of a data row, or the one that is reviewed. */
export function labelsOf({ data }: LabelrelayEvent): Fields[] {
  const { labels, label } = fieldsOf(data);
  const all = Array.isArray(labels) ? labels : label === undefined ? [] : [label];
  return all.map(fieldsOf);
}

export const itemsOf = (label: Fields): Item[] =>
  listOf(label.annotations).map((annotation, index) => itemOf(fieldsOf(annotation), index));

export function itemOf(annotation: Fields, index: number, status?: Status): Item {
  const name = nameOf(annotation);
  return { index, annotation, name, color: colorOf(name), words: describe(annotation), status };
}

/** The classes of an annotation, or its kind if it has none. */
function nameOf({ name, names, kind }: Fields): string {
  const all = listOf(names).filter((each) => typeof each === 'string');
  return all.length > 1 ? all.join(', ') : (textOf(name) ?? textOf(kind) ?? 'annotation');
}
