import { isDeepStrictEqual } from 'node:util';
import type { EventDraft } from '../events/draft';
import { lifeOf } from '../events/sequence';
import { microseconds } from '../events/timestamp';
import type { DataRow, Label, LabeledProject } from '../events/types';
import type { StoredSubject } from '../label-store/stored-label';
import type { Comparable } from '../webhook-api/listing';

/** The members of an event that are compared. */
export interface Told {
  readonly project?: LabeledProject;
  readonly labels?: readonly Label[];
  readonly dataRow?: DataRow;
}

/** The part of a draft that is compared, as it is after it was sent as JSON. */
export const toldBy = ({ data }: EventDraft): Told => {
  const { project, labels, dataRow } = data as Told;
  return JSON.parse(
    JSON.stringify({
      project: project && { id: project.id },
      labels,
      dataRow: dataRow && { id: dataRow.id, content: dataRow.content },
    }),
  );
};

/** The members whose contents must be equal. */
const CONTENT = [
  'skipped',
  'groundTruth',
  'annotations',
  'classifications',
  'relationships',
] as const;

/** Lists and webhooks have the same form. */
const AS_IT_IS: Comparable = { label: (label) => label, content: (content) => content };

/** Whether labels that are there are others than the store has. A task and a project only have to be there. */
export function differs(
  { project, labels, dataRow }: Told,
  stored: StoredSubject,
  comparable: Comparable = AS_IT_IS,
): boolean {
  // An id that was given again may be in another place.
  if (project?.id !== stored.project?.id) return true;
  if (!labels) return false;
  if (dataRow?.id !== stored.dataRow?.id) return true;
  const all = stored.labels ?? [];
  if (labels.length !== all.length) return true;
  if (
    !isDeepStrictEqual(
      comparable.content(dataRow?.content),
      comparable.content(stored.dataRow?.content),
    )
  )
    return true;
  const byId = new Map(all.map((label) => [label.id, label]));
  // Version 1 of Labelbox rounds times to the second.
  const digits = lifeOf(stored.sequence) === undefined ? 19 : 26;
  return labels.some((listed) => {
    const known = byId.get(listed.id);
    if (!known) return true;
    const [label, before] = [listed, known].map(comparable.label) as [Label, Label];
    return (
      !isSameTime(label.createdAt, before.createdAt, digits) ||
      !isSameTime(label.updatedAt, before.updatedAt, digits) ||
      CONTENT.some((member) => !isDeepStrictEqual(label[member], before[member]))
    );
  });
}

/** Whether the store has a thing with the same id in another project or row. */
export const isInOtherPlace = ({ project, dataRow }: Told, stored: StoredSubject): boolean =>
  isOther(project?.id, stored.project?.id) || isOther(dataRow?.id, stored.dataRow?.id);

const isOther = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

const isSameTime = (one: string | undefined, other: string | undefined, digits: number): boolean =>
  one === other ||
  (one !== undefined &&
    other !== undefined &&
    microseconds(one).slice(0, digits) === microseconds(other).slice(0, digits));

/** How many labels the store has that are not there any more. */
export function missingFrom({ labels = [] }: Told, stored: StoredSubject): number {
  const ids = new Set(labels.map(({ id }) => id));
  return (stored.labels ?? []).filter(({ id }) => !ids.has(id)).length;
}
