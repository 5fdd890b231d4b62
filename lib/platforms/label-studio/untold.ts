import type { JsonObject } from '../../json/read';

/**
 * The members that an event has no other place for, as they were received: nothing that an annotator
 * made is dropped.
 *
 * @param isTold whether a member is, which is neither null nor empty
 * @returns undefined when every one is
 */
export function untold(
  members: JsonObject,
  isTold: (name: string, value: unknown) => boolean,
): JsonObject | undefined {
  const left = Object.entries(members).filter(
    ([name, value]) => !isEmpty(value) && !isTold(name, value),
  );
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (typeof value === 'object' && Object.keys(value).length === 0);
