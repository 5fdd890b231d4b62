import type { Change, Topic } from '../../events/topics';

/** The subject of a known action, and the member of the body that contains it. */
export type Action =
  | { readonly about: 'annotation'; readonly topic: LabelTopic; readonly payload: Payload }
  | { readonly about: 'task'; readonly topic: TaskTopic; readonly payload: Payload }
  | { readonly about: 'project'; readonly topic: ProjectTopic }
  | { readonly about: 'review'; readonly topic: ReviewTopic }
  | { readonly about: 'training'; readonly topic: 'training.requested' };

type LabelTopic = Extract<Topic, `label.${Change}`>;
type TaskTopic = Extract<Topic, `task.${Change}`>;
type ProjectTopic = Extract<Topic, `project.${Change}`>;
type ReviewTopic = Extract<Topic, `review.${Change}`>;

/** The members that can contain the list or the single item. The first one that is present counts. */
type Payload = readonly string[];
const ANNOTATIONS: Payload = ['annotations', 'annotation'];
const TASKS: Payload = ['tasks', 'task'];

/**
 * Every action that Label Studio sends, and those that only its reference page names (the singular TASK_* and
 * ANNOTATION_DELETED). ANNOTATIONS_CREATED has its list in `annotation`.
 *
 * @see https://labelstud.io/guide/webhook_reference
 */
const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['ANNOTATION_CREATED', { about: 'annotation', topic: 'label.created', payload: ANNOTATIONS }],
  ['ANNOTATIONS_CREATED', { about: 'annotation', topic: 'label.created', payload: ANNOTATIONS }],
  ['ANNOTATION_UPDATED', { about: 'annotation', topic: 'label.updated', payload: ANNOTATIONS }],
  ['ANNOTATION_DELETED', { about: 'annotation', topic: 'label.deleted', payload: ANNOTATIONS }],
  ['ANNOTATIONS_DELETED', { about: 'annotation', topic: 'label.deleted', payload: ANNOTATIONS }],
  ['TASK_CREATED', { about: 'task', topic: 'task.created', payload: TASKS }],
  ['TASKS_CREATED', { about: 'task', topic: 'task.created', payload: TASKS }],
  ['TASK_DELETED', { about: 'task', topic: 'task.deleted', payload: TASKS }],
  ['TASKS_DELETED', { about: 'task', topic: 'task.deleted', payload: TASKS }],
  ['PROJECT_CREATED', { about: 'project', topic: 'project.created' }],
  ['PROJECT_UPDATED', { about: 'project', topic: 'project.updated' }],
  ['PROJECT_DELETED', { about: 'project', topic: 'project.deleted' }],
  ['REVIEW_CREATED', { about: 'review', topic: 'review.created' }],
  ['REVIEW_UPDATED', { about: 'review', topic: 'review.updated' }],
  ['REVIEWS_DELETED', { about: 'review', topic: 'review.deleted' }],
  ['START_TRAINING', { about: 'training', topic: 'training.requested' }],
]);

export const knownAction = (name: string | undefined): Action | undefined =>
  name === undefined ? undefined : ACTIONS.get(name);
