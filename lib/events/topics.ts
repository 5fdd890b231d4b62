import list from './topics.json';

export type Family = 'label' | 'review' | 'task' | 'project';
export type Change = 'created' | 'updated' | 'deleted';

export type Topic =
  | `${'label' | 'review' | 'project'}.${Change}`
  | 'task.created'
  | 'task.deleted'
  | 'workflow.action'
  | 'training.requested'
  | 'unrecognized';

/** Every topic, in the order of the published table. The one list, for code and infrastructure. */
export const topics = list as readonly Topic[];
