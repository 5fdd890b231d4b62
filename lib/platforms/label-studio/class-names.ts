import { flatMap } from '../../json/flat-map';
import { asList, asObject, asText, type JsonObject } from '../../json/read';

/**
 * The classes of a region from its results: from the member that the type of the result names, or else from any
 * `…labels` member.
 */
export function classNames(results: readonly JsonObject[]): string[] {
  const names = flatMap(results, classesOf);
  return names.length > 1 ? [...new Set(names)] : names;
}

export function classesOf(result: JsonObject): string[] {
  const value = asObject(result.value) ?? {};
  // Chat messages and values of custom interfaces are stored under their type too.
  const named = namesIn(value, asText(result.type) ?? '');
  if (named.length > 0) return named;
  for (const member of ['labels', ...Object.keys(value)]) {
    const names = namesIn(value, member);
    if (names.length > 0) return names;
  }
  return [];
}

const namesIn = (value: JsonObject, member: string): string[] =>
  member.endsWith('labels') ? inList(value[member]).filter((name) => typeof name === 'string') : [];

/** Whether a member lists classes, and only these. */
export const areClasses = (list: unknown, names: readonly string[]): boolean =>
  inList(list).every((each) => typeof each === 'string' && names.includes(each));

const inList = (value: unknown): readonly unknown[] => asList(value) ?? [value];
