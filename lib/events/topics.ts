/**
 * Every topic.
 *
 * @example
 * ```ts
 * import { topics } from 'labelrelay/worker';
 *
 * console.log(topics.includes('label.created')); // true
 * ```
 */
export const topics = [
  'label.created',
  'label.updated',
  'label.deleted',
  'review.created',
  'review.updated',
  'review.deleted',
  'workflow.action',
  'training.requested',
  'task.created',
  'task.deleted',
  'project.created',
  'project.updated',
  'project.deleted',
  'task.completed',
  'project.completed',
  'milestone.reached',
  'unrecognized',
] as const;

/**
 * The name of a topic, such as `label.created`.
 *
 * @example
 * ```ts
 * import type { Topic } from 'labelrelay/worker';
 *
 * const topic: Topic = 'label.created';
 * console.log(topic); // label.created
 * ```
 */
export type Topic = (typeof topics)[number];
/** The topics of events that are derived from others. No platform sends them. */
export const derivedTopics = [
  'task.completed',
  'project.completed',
  'milestone.reached',
] as const satisfies readonly Topic[];
export type DerivedTopic = (typeof derivedTopics)[number];
export type Change = 'created' | 'updated' | 'deleted';
