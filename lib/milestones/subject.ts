import type { AnyEvent } from '../consume/event';
import { compareToMark, type Position } from '../consume/position';
import type { Mark } from './epoch';
import type { ItemKey } from './items';

/** A deletion ends every life of its subject that began by then. */
export interface Deletion {
  readonly until: string;
  /** When it was received. */
  readonly at: string;
}

/** The state of a subject of events. */
export interface Subject {
  /** The newest change that counted, for each rule and project. */
  readonly marks?: Readonly<Record<string, Mark>>;
  /** A label: the task that it is in, by the time since when it is there. An id can be given again. */
  readonly tasks?: Readonly<Record<string, ItemKey>>;
  readonly deletions?: readonly Deletion[];
}

/** The item of an event's subject, and the event's position there. An event without order has an item of its own. */
export function subjectOf(event: AnyEvent): { readonly key: ItemKey; readonly position: Position } {
  const { source, subject, sequence, id, recovered, recordedtime } = event;
  if (subject === undefined) {
    return { key: { key: `${source}#${id}`, item: 'subject' }, position: { sequence: '-', id } };
  }
  const key = `${source}/${subject}`;
  if (sequence !== undefined) {
    return { key: { key, item: 'subject' }, position: { sequence, id, recovered } };
  }
  return { key: { key, item: 'unordered' }, position: { sequence: recordedtime, id } };
}

/** @param name that of the rule and the group. @returns the same subject if its mark is as new */
export function withMark(
  subject: Subject | undefined,
  name: string,
  { sequence, id, epoch }: Mark,
): Subject | undefined {
  const known = subject?.marks?.[name];
  if (known && compareToMark({ sequence, id }, known) <= 0) return subject;
  return { ...subject, marks: { ...subject?.marks, [name]: { sequence, id, epoch } } };
}
