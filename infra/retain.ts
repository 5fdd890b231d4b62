import type { Resources } from './settings';

/**
 * @param retain whether they stay, with everything in them, when the stack is removed. What a failed
 *   deployment made itself goes with it all the same, so that the next try finds no name taken.
 */
export const keep = (resources: Resources, retain: boolean): Resources =>
  Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => [
      id,
      {
        ...resource,
        DeletionPolicy: retain ? 'RetainExceptOnCreate' : 'Delete',
        UpdateReplacePolicy: retain ? 'Retain' : 'Delete',
      },
    ]),
  );
