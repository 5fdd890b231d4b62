import { asList, asObject, asText, type JsonObject } from '../../json/read';

/**
 * The classes of a region from its results: from the member that the type of the result names, or else from any
 * `…labels` member.
 */
export const classNames = (results: readonly JsonObject[]): string[] => [
  ...new Set(results.flatMap(classesOf)),
];

export function classesOf(result: JsonObject): string[] {
  const value = asObject(result.value) ?? {};
  const type = asText(result.type) ?? '';
  // Chat messages and values of custom interfaces are stored under their type too.
  const named = isClassMember(type) ? [type] : [];
  const members = [...named, 'labels', ...Object.keys(value).filter(isClassMember)];
  return members.map((member) => toNames(value[member])).find((names) => names.length > 0) ?? [];
}

const isClassMember = (name: string): boolean => name.endsWith('labels');

/** Whether a member lists classes, and only these. */
export const areClasses = (list: unknown, names: readonly string[]): boolean =>
  [list].flat().every((each) => typeof each === 'string' && names.includes(each));

function toNames(list: unknown): string[] {
  const names = asList(list) ?? [list];
  return names.filter((name) => typeof name === 'string');
}
