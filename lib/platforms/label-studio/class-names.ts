import { asList, asObject, asText, type JsonObject } from '../../json/read';

/**
 * The classes of a region, which its results give: each under the member that its type names, else
 * under any `…labels` member.
 */
export const classNames = (results: readonly JsonObject[]): string[] => [
  ...new Set(results.flatMap(classesOf)),
];

export function classesOf(result: JsonObject): string[] {
  const value = asObject(result.value) ?? {};
  const type = asText(result.type) ?? '';
  // A message of a chat, or what a custom interface made, stands under its type, too.
  const named = isClassMember(type) ? [type] : [];
  const members = [...named, 'labels', ...Object.keys(value).filter(isClassMember)];
  return members.map((member) => toNames(value[member])).find((names) => names.length > 0) ?? [];
}

const isClassMember = (name: string): boolean => name.endsWith('labels');

/** Whether a member lists classes, and no others than these. */
export const areClasses = (list: unknown, names: readonly string[]): boolean =>
  [list].flat().every((each) => typeof each === 'string' && names.includes(each));

function toNames(list: unknown): string[] {
  const names = asList(list) ?? [list];
  return names.filter((name) => typeof name === 'string');
}
