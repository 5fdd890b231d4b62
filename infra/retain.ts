import type { Resources } from './settings';

/** @param retain whether they stay, with everything in them, when the stack is removed */
export const keep = (resources: Resources, retain: boolean): Resources => {
  const policy = retain ? 'Retain' : 'Delete';
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      { ...resource, DeletionPolicy: policy, UpdateReplacePolicy: policy },
    ]),
  );
};
