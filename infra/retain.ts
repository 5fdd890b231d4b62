import type { Resources } from './settings';

/**
 * Sets the deletion policy of resources.
 *
 * @param retain whether resources and their contents stay when the stack is removed. Resources that a failed
 *   deployment created are deleted even so, to free their names for the next try
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
