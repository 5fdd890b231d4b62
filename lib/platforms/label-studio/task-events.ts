import type { EventDraft } from '../../events/draft';
import { order } from '../../events/order';
import { byLife, RANK } from '../../events/sequence';
import { toUtc } from '../../events/timestamp';
import { asId, asObject, type JsonObject } from '../../json/read';
import type { Action } from './actions';
import { toCounts } from './counts';
import { toTask } from './data-row';
import { cut, type Item, itemsOf, toProject } from './items';
import { unrecognized } from './unrecognized';

type TaskAction = Extract<Action, { about: 'task' }>;

/** A task corresponds to a data row of Labelbox. An import is one list of up to thousands of tasks. */
export function taskEvents(
  body: JsonObject,
  { topic, payload }: TaskAction,
  name: string,
): EventDraft[] {
  const rank = topic === 'task.deleted' ? RANK.deleted : RANK.created;

  const toEvent = ({ value, index }: Item): EventDraft => {
    const task = asObject(value);
    const project = toProject(body, task);
    const native = index === undefined ? body : cut(body, { task: value });
    if (!task) return unrecognized(native, name, 'not-understood', project?.id);

    const id = asId(task.id);
    const createdAt = toUtc(task.created_at);
    const updatedAt = toUtc(task.updated_at);
    const time = updatedAt ?? (rank === RANK.created ? createdAt : undefined);
    return {
      topic,
      ...order(['task', id], byLife(createdAt, time, rank)),
      time,
      projectId: project?.id,
      isOccurrence: rank === RANK.deleted,
      data: {
        platform: 'label-studio',
        event: name,
        project: project && { ...project, counts: toCounts(asObject(body.project)) },
        task: { id, ...toTask(task) },
        native,
      },
    };
  };
  return itemsOf(body, payload).map(toEvent);
}
