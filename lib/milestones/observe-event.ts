import { type AnyEvent, isGone, topicOf } from '../consume/event';
import { subjectOf as pathOf } from '../events/order';
import { lifeOf } from '../events/sequence';
import { microseconds } from '../events/timestamp';
import type { DataRow } from '../events/types';
import type { TaskLabel, Told } from './completion';
import type { ItemKey } from './items';
import { projectOf } from './rule';
import type { Scope } from './scope';

/** The beginning of the sort key of what can be done. */
const COMPLETION = 'completion ';

/** The facts that an event tells of something that can be done. */
interface Facts {
  /** The subject whose completion it is. */
  readonly subject: string;
  readonly told: Told;
}

/** The facts of a task or a data row. */
export interface ObservedTask extends Facts {
  readonly key: ItemKey;
  /** The members of the completion's data that name it. */
  readonly about: { readonly task?: { id: string }; readonly dataRow?: { id: string } };
  /** When a task was created: one whose id is given again starts anew. */
  readonly created: string;
}

/** The facts of a project. They are in the item that has the state of its scope. */
export interface ObservedProject extends Facts {
  readonly scope: Scope;
}

/** A label in an event, by the task that it is in. */
export interface LabelInTask {
  readonly task: ItemKey;
  readonly since: string;
}

/** The task or data row that an event tells of. */
export const tasksIn = (event: AnyEvent): readonly ObservedTask[] =>
  [taskIn(event), rowIn(event)].filter((each) => each !== undefined);

/** The label of an event that tells which task it is in. */
export function labelIn(event: AnyEvent): LabelInTask | undefined {
  const task = taskIn(event);
  return task?.told.labels && { task: task.key, since: lifeOf(event.sequence) ?? '' };
}

/** The key of a label in its task. */
export const labelName = (subject: string, since: string): string => `${subject} ${since}`;

/** The facts of a task that the key of its item tells. */
export function taskAt(key: ItemKey): Omit<ObservedTask, 'told'> {
  const subject = key.key.slice(key.key.indexOf('/', 1) + 1);
  return {
    key,
    subject,
    about: { task: { id: subject.slice('task/'.length) } },
    created: key.item.slice(COMPLETION.length),
  };
}

/** A task with the fields of Label Studio. */
function taskIn(event: AnyEvent): ObservedTask | undefined {
  const { source, data } = event;
  const task = 'labels' in data ? data.dataRow : taskOf(event);
  const subject = pathOf(['task', task?.id]);
  if (!task?.updatedAt || task.labeled === undefined || !subject) return undefined;
  const { updatedAt, createdAt, labeled, overlap } = task;
  const created = createdAt ? microseconds(createdAt) : '';
  return {
    ...taskAt({ key: `${source}/${subject}`, item: COMPLETION + created }),
    told: {
      observation: [updatedAt, labeled ? 1 : 0],
      labels: labelsOf(event),
      ...(overlap !== undefined && { overlap: [microseconds(updatedAt), overlap] }),
    },
  };
}

const taskOf = (event: AnyEvent): DataRow | undefined =>
  event.type === 'labelrelay.task.created' || event.type === 'labelrelay.task.deleted'
    ? event.data.task
    : undefined;

function labelsOf(event: AnyEvent): Told['labels'] {
  const { data, subject, sequence } = event;
  if (!subject || !('labels' in data) || isGone(event)) return undefined;
  const since = lifeOf(sequence) ?? '';
  const label: TaskLabel = { since, by: data.labels?.[0]?.createdBy?.id ?? '' };
  return { [labelName(subject, since)]: label };
}

/** A data row in a workflow of Labelbox. */
function rowIn(event: AnyEvent): ObservedTask | undefined {
  const observation = moveIn(event);
  const { data, source } = event;
  const [project, row] = [projectOf(event)?.id, 'dataRow' in data ? data.dataRow?.id : undefined];
  const subject = pathOf(['project', project, 'data-row', row]);
  if (!observation || !subject || row === undefined) return undefined;
  return {
    key: { key: `${source}/${subject}`, item: COMPLETION },
    subject,
    about: { dataRow: { id: row } },
    created: '',
    told: { observation },
  };
}

function moveIn(event: AnyEvent): Told['observation'] {
  if (event.type === 'labelrelay.workflow.action') {
    const { timestamp, to } = event.data.workflow;
    // Done is no task of the workflow, and has no id.
    return timestamp ? [timestamp, to?.id ? 0 : 1] : undefined;
  }
  const { status, changedAt } = ('labels' in event.data && event.data.workflow) || {};
  return changedAt && status ? [changedAt, status === 'DONE' ? 1 : 0] : undefined;
}

/** A project with the counts of Label Studio. */
export function projectIn(event: AnyEvent): ObservedProject | undefined {
  if (topicOf(event).endsWith('.completed')) return undefined;
  const project = projectOf(event) as CountedProject | undefined;
  const { tasks, finishedTasks } = project?.counts ?? {};
  const subject = pathOf(['project', project?.id]);
  if (tasks === undefined || finishedTasks === undefined || !subject) return undefined;
  return {
    scope: { source: event.source.slice(1), project: project?.id },
    subject,
    told: { observation: [event.time, tasks > 0 && finishedTasks === tasks ? tasks : 0] },
  };
}

interface CountedProject {
  readonly id?: string;
  readonly counts?: { readonly tasks?: number; readonly finishedTasks?: number };
}
