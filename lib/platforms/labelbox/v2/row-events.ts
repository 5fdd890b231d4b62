import type { EventDraft } from '../../../events/draft';
import { order } from '../../../events/order';
import { bySnapshot } from '../../../events/sequence';
import { newest, toUtc } from '../../../events/timestamp';
import { asList, asObject, asText, type JsonObject, unlessEmpty } from '../../../json/read';
import { knownEvent } from '../event-name';
import { unrecognized } from '../unrecognized';
import { toLabel } from './label';
import { toPlace, unitOf } from './place';

/**
 * A v2 body is a row of an export: a snapshot of all labels of a data row in each project, also after a deletion.
 * It becomes one event for each project.
 *
 * @see https://docs.labelbox.com/reference/webhook
 */
export function rowEvents(body: JsonObject, name: string | undefined): EventDraft[] {
  const known = knownEvent(name);
  const change = known?.family === 'label' ? known.change : 'updated';
  const event = known?.family === 'label' && name ? name : 'LABEL_UPDATED';
  const row = asObject(body.data_row) ?? {};
  const rowPlace = toPlace(body);
  const mediaUnit = unitOf(rowPlace.dataRow?.media);

  return Object.entries(asObject(body.projects) ?? {}).map(([projectId, value]): EventDraft => {
    const native = { ...body, projects: { [projectId]: value } };
    const project = asObject(value);
    if (!project) return { ...unrecognized(native, event, 'not-understood'), projectId };

    const labels = asList(project.labels) ?? [];
    const details = asObject(project.project_details);
    const changedAt = newest(
      (asList(details?.workflow_history) ?? []).map((move) => toUtc(asObject(move)?.created_at)),
    );
    const content = newest([...labels.map((label) => contentTime(asObject(label))), changedAt]);
    const activity = toUtc(asObject(row.details)?.last_activity_at);
    const isDeletion = change === 'deleted';
    const path = ['project', projectId, 'data-row', rowPlace.dataRow?.id, 'labels'];
    return {
      topic: `label.${change}`,
      ...order(path, bySnapshot({ activity, content, isDeletion })),
      time: newest([activity, content]),
      projectId,
      data: {
        platform: 'labelbox',
        event,
        project: unlessEmpty({ id: projectId || undefined, name: asText(project.name) }),
        ...rowPlace,
        workflow: unlessEmpty({ status: asText(details?.workflow_status), changedAt }),
        labels: labels.map((label) => toLabel(asObject(label) ?? {}, mediaUnit)),
        native,
      },
    };
  });
}

/** The time of a label's content: a move in the workflow changes `updated_at` of every label, but not this. */
function contentTime(label: JsonObject | undefined): string | undefined {
  const details = asObject(label?.label_details);
  return toUtc(details?.content_last_updated_at) ?? toUtc(details?.updated_at);
}
