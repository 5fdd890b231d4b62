import { isObject, type JsonObject } from './read';

/**
 * The members of an object that an event has no other place for, as they were received: nothing that an
 * annotator made is dropped.
 *
 * @param isUnderstood whether the event says all of a member; `place` counts the members from 0
 * @returns undefined when nothing is left
 */
export function leftOf(
  object: JsonObject,
  isUnderstood: (name: string, value: unknown, place: number) => boolean,
): Record<string, unknown> | undefined {
  let left: [string, unknown][] | undefined;
  let place = 0;
  for (const name in object) {
    const value = object[name];
    if (isUnderstood(name, value, place++) || isNothing(value)) continue;
    left ??= [];
    left.push([name, value]);
  }
  return left && Object.fromEntries(left);
}

/** An empty value says nothing: platforms write one where nobody entered anything. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isObject(value)) return false;
  for (const _ in value) return false;
  return true;
}
