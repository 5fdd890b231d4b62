import type { EventDraft } from '../../../events/draft';
import { order } from '../../../events/order';
import type { LabelData } from '../../../events/schemas/data';
import { bySnapshot } from '../../../events/sequence';
import { newest, toUtc } from '../../../events/timestamp';
import { asId, asList, asObject, asText, type JsonObject, unlessEmpty } from '../../read';
import { knownEvent } from '../event-name';
import { unrecognized } from '../unrecognized';
import { toLabel } from './label';

/**
 * A v2 body is a row of an export: a snapshot of all labels that a data row has in each project,
 * also when one of them was deleted. One event for each project.
 *
 * @see https://docs.labelbox.com/reference/webhook
 */
export function rowEvents(body: JsonObject, name: string | undefined): EventDraft[] {
  const known = knownEvent(name);
  const change = known?.family === 'label' ? known.change : 'updated';
  const event = known?.family === 'label' && name ? name : 'LABEL_UPDATED';
  const row = asObject(body.data_row) ?? {};
  const rowPlace = toPlace(row);

  return Object.entries(asObject(body.projects) ?? {}).map(([projectId, value]): EventDraft => {
    const native = { ...body, projects: { [projectId]: value } };
    const project = asObject(value);
    if (!project) return { ...unrecognized(native, event, 'not-understood'), projectId };

    const labels = asList(project.labels) ?? [];
    const content = newest([
      ...labels.map((label) => contentTime(asObject(label))),
      ...(asList(asObject(project.project_details)?.workflow_history) ?? []).map((move) =>
        toUtc(asObject(move)?.created_at),
      ),
    ]);
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
        labels: labels.map((label) => toLabel(asObject(label) ?? {})),
        native,
      },
    };
  });
}

function toPlace(row: JsonObject): Pick<LabelData, 'dataset' | 'dataRow'> {
  const details = asObject(row.details);
  return {
    dataset: unlessEmpty({ id: asId(details?.dataset_id), name: asText(details?.dataset_name) }),
    dataRow: unlessEmpty({
      id: asId(row.id),
      externalId: asId(row.external_id),
      globalKey: asId(row.global_key),
      content: row.row_data ?? undefined,
    }),
  };
}

/** A move in the workflow touches `updated_at` of every label; their content has a time of its own. */
function contentTime(label: JsonObject | undefined): string | undefined {
  const details = asObject(label?.label_details);
  return toUtc(details?.content_last_updated_at) ?? toUtc(details?.updated_at);
}
