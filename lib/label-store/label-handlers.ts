import type { Handlers } from '../consume/create-worker';
import { type EventOf, isGone } from '../consume/event';
import { lifeOf, toLife } from '../events/sequence';
import type { Topic } from '../events/topics';
import { REPORTS_EACH_DELETION } from '../platforms/deletions';
import type { Change } from './change';
import { rowOrder } from './place';

type LabelEvent = EventOf<'label.created' | 'label.updated' | 'label.deleted'>;
type TaskEvent = EventOf<'task.created' | 'task.deleted'>;
type ProjectEvent = EventOf<'project.created' | 'project.updated' | 'project.deleted'>;

/**
 * The handlers of the label store, for `keepNewest`. A deleted label leaves a tombstone. The labels of a data row come all at
 * once. A deleted task or project takes its labels along.
 *
 * @example
 * ```ts
 * import { memoryValues } from 'labelrelay/testing';
 * import { createWorker, keepNewest, labelHandlers } from 'labelrelay/worker';
 *
 * const worker = createWorker(labelHandlers, { guard: keepNewest(memoryValues()) });
 * console.log(typeof worker); // function
 * ```
 */
export const labelHandlers: Handlers<Change | undefined> = {
  'label.created': ofLabel,
  'label.updated': ofLabel,
  'label.deleted': ofLabel,
  'task.created': ofTask,
  'task.deleted': ofTask,
  'project.created': ofProject,
  'project.updated': ofProject,
  'project.deleted': ofProject,
};

/** The topics that the label store knows. */
export const storedTopics = Object.keys(labelHandlers) as readonly Topic[];

function ofLabel(event: LabelEvent): Change | undefined {
  const { source, recordedtime, data } = event;
  const { platform, labels, dataset, dataRow, project } = data;
  const place = { project: projectKey(source, project?.id), row: rowOrder(dataRow?.id) };
  const about = aboutOf(project, dataRow);
  // A deletion that names no data row does not tell where the label is.
  if (isGone(event)) return { about, place: project?.id && dataRow?.id ? place : undefined };
  if (!labels) return undefined;
  const content = { project, dataset, dataRow, labels };
  if (REPORTS_EACH_DELETION.has(platform)) return { content, about, place };
  // A label that does not tell since when it is there goes along with every deletion.
  const since = lifeOf(event.sequence) ?? '';
  const created = dataRow?.createdAt ? toLife(dataRow.createdAt, recordedtime) : since;
  // The task of a recovered label is known to be there, whatever took its id along before.
  const taskSince = event.recovered && created < since ? since : created;
  return {
    content,
    about,
    place,
    parents: {
      ...(dataRow?.id && { [`${source}/task/${dataRow.id}`]: taskSince }),
      ...(project?.id && { [projectKey(source, project.id)]: since }),
    },
  };
}

function ofTask(event: TaskEvent): Change {
  const { source, data, sequence } = event;
  const { project, task } = data;
  const about = aboutOf(project, task);
  const row = rowOrder(task?.id ?? idOf(event.subject));
  if (isGone(event)) {
    // Labels whose events named no project are in the one without an id.
    const projects = project?.id ? [projectKey(source), projectKey(source, project.id)] : undefined;
    return { about, cascade: { projects, row } };
  }
  const at = projectKey(source, project?.id);
  return {
    content: { project, task },
    about,
    place: { project: at, row },
    parents: project?.id ? { [at]: lifeOf(sequence) ?? '' } : {},
  };
}

function ofProject(event: ProjectEvent): Change {
  const { project } = event.data;
  return isGone(event)
    ? { about: aboutOf(project), cascade: { projects: [`${event.source}/${event.subject}`] } }
    : { content: { project }, about: aboutOf(project) };
}

const projectKey = (source: string, id = ''): string => `${source}/project/${id}`;

/** The id in a subject such as `task/<id>`. */
const idOf = (subject: string | undefined): string | undefined =>
  subject?.slice(subject.indexOf('/') + 1);

const aboutOf = (
  project: { id?: string; name?: string } | undefined,
  dataRow?: { id?: string },
): Change['about'] => ({
  ...(project?.id !== undefined && { project: { id: project.id, name: project.name } }),
  ...(dataRow?.id !== undefined && { dataRow: { id: dataRow.id } }),
});
