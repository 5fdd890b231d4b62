import type { EventDraft } from '../../../events/draft';
import { order } from '../../../events/order';
import { byVersion, RANK } from '../../../events/sequence';
import { toUtc } from '../../../events/timestamp';
import type { Change } from '../../../events/topics';
import { asId, asList, asObject, type JsonObject } from '../../../json/read';
import { draftOf } from '../../../webhook-api/draft-of';
import type { LabelForm, Listed, ListedRow } from '../../../webhook-api/listing';
import { redact } from '../redact';
import { rowEvents } from '../v2/row-events';
import * as comparable from './comparable';

/** When nothing of a row has a time, it is always due. */
const FIRST = '0001-01-01T00:00:00Z';

/**
 * A row of an export, in the forms in which the store has its labels: all of them together as version 2 of the webhooks
 * tells of them, each for itself as version 1 does.
 *
 * @returns undefined if it is no row of the project
 */
export function toRow(
  given: JsonObject,
  projectId: string,
  forms: readonly LabelForm[],
): ListedRow | undefined {
  const body = redact(given);
  const id = asId(asObject(body.data_row)?.id);
  const project = asObject(asObject(body.projects)?.[projectId]);
  const labels = asList(project?.labels)?.map(asObject);
  if (!id || !project || !labels?.every((label) => asId(label?.id) !== undefined)) return undefined;

  const eventsOf = (part: JsonObject, change: Change): readonly EventDraft[] => {
    const cut = { ...body, projects: { [projectId]: part } };
    return rowEvents(cut, `LABEL_${change.toUpperCase()}`);
  };
  const together: Listed = {
    subject: `project/${projectId}/data-row/${id}/labels`,
    lastChange: 'updated',
    draft: draftOf((change) => eventsOf(project, change)),
    comparable: comparable.together,
  };
  const apart = (label: JsonObject): Listed => {
    const details = asObject(label.label_details);
    const [createdAt, updatedAt] = [toUtc(details?.created_at), toUtc(details?.updated_at)];
    const labelId = asId(label.id);
    return {
      subject: `label/${labelId}`,
      lastChange: createdAt === updatedAt ? 'created' : 'updated',
      draft: draftOf((change) =>
        eventsOf({ ...project, labels: [label] }, change).map((draft) => ({
          ...draft,
          ...order(['label', labelId], byVersion(updatedAt, RANK[change])),
          time: updatedAt,
        })),
      ),
      comparable: comparable.apart,
    };
  };
  const isTogether = forms.length === 0 || forms.includes('row');
  return {
    id,
    changedAt: together.draft('updated').time ?? FIRST,
    things: [
      ...(isTogether ? [together] : []),
      ...(forms.includes('label') ? labels.map((label) => apart(label as JsonObject)) : []),
    ],
    labels: labels.length,
    isWhole: true,
  };
}
