import { type Topic, topics } from '../events/topics';
import type { Rule } from './rule';

/** The work of the worker of milestones. */
export interface Work {
  readonly rules: readonly Rule[];
  /** Whether completions are found. */
  readonly completion: boolean;
}

/** The topics of the events that tell of completions. */
const COMPLETING: readonly Topic[] = [
  'label.created',
  'label.updated',
  'label.deleted',
  'workflow.action',
  'task.created',
  'task.deleted',
  'project.created',
  'project.updated',
];

/** The topics that the worker needs; none if it has nothing to do. */
export const neededTopics = ({ rules, completion }: Work): readonly Topic[] =>
  topics.filter(
    (topic) =>
      (completion && COMPLETING.includes(topic)) || rules.some(({ on }) => on.includes(topic)),
  );
