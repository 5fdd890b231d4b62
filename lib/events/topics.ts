/** Every topic, in the order of the published table: the one list, for code and infrastructure. */
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
  'unrecognized',
] as const;

export type Topic = (typeof topics)[number];
export type Change = 'created' | 'updated' | 'deleted';
