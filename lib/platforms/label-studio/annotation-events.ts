import type { EventDraft } from '../../events/draft';
import { order } from '../../events/order';
import { byLife, RANK } from '../../events/sequence';
import { toUtc } from '../../events/timestamp';
import type { Change } from '../../events/topics';
import { asId, asList, asObject, type JsonObject } from '../../json/read';
import type { Action } from './actions';
import { toConfig } from './config';
import { toCounts } from './counts';
import { toDataRow } from './data-row';
import { cut, type Item, itemsOf, toProject } from './items';
import { toLabel } from './label';
import { unrecognized } from './unrecognized';

type AnnotationAction = Extract<Action, { about: 'annotation' }>;

/** An annotation corresponds to a label of Labelbox. A list of annotations comes with a list of their tasks. */
export function annotationEvents(
  body: JsonObject,
  { topic, payload }: AnnotationAction,
  name: string,
): EventDraft[] {
  const change = topic.slice('label.'.length) as Change;
  const config = toConfig(asObject(body.project));
  const findTask = tasksOf(body.task);

  const toEvent = ({ value, index }: Item): EventDraft => {
    const annotation = asObject(value);
    const task = findTask(annotation, index);
    const project = toProject(body, annotation ?? task);
    const native =
      index === undefined ? body : cut(body, { annotation: value, ...(task && { task }) });
    if (!annotation) return unrecognized(native, name, 'not-understood', project?.id);

    const createdAt = toUtc(annotation.created_at);
    const updatedAt = toUtc(annotation.updated_at);
    const time = updatedAt ?? (change === 'created' ? createdAt : undefined);
    const id = asId(annotation.id);
    return {
      topic,
      ...order(['label', id], byLife(createdAt, time, RANK[change])),
      time,
      projectId: project?.id,
      isOccurrence: change === 'deleted',
      data: {
        platform: 'label-studio',
        event: name,
        project: project && {
          ...project,
          classes: config.classes,
          targets: config.targets,
          counts: toCounts(asObject(body.project)),
        },
        dataRow: toDataRow(annotation, task, config),
        labels: [change === 'deleted' ? { id, deleted: true } : toLabel(annotation, config)],
        native,
      },
    };
  };
  return itemsOf(body, payload).map(toEvent);
}

/**
 * Finds the task of an annotation. Tasks are listed in the order of their annotations. If an annotation names
 * another task, that one counts.
 */
function tasksOf(tasks: unknown) {
  const list = (asList(tasks) ?? [tasks]).map(asObject);
  let byId: Map<string | undefined, JsonObject | undefined> | undefined;
  return (annotation: JsonObject | undefined, index = 0): JsonObject | undefined => {
    const id = asId(annotation?.task);
    const beside = list[index];
    if (id === undefined || (beside && (asId(beside.id) ?? id) === id)) return beside;
    byId ??= new Map(list.map((task) => [asId(task?.id), task]));
    return byId.get(id);
  };
}
