import type { Answer } from '../../events/schemas/classification';
import { Members } from '../../json/members';
import { asText, isObject } from '../../json/read';

/**
 * What somebody chose: a text is the name of a choice, and an empty value is no choice at all. What is
 * neither is passed on.
 */
export function answeredWith(value: unknown, toAnswer: (members: Members) => Answer): Answer[] {
  if (isObject(value)) {
    if (Object.keys(value).length === 0) return [];
    const members = new Members(value);
    const answer = toAnswer(members);
    return [{ ...answer, other: members.left }];
  }
  if (value === null || value === undefined || value === '') return [];
  const name = asText(value);
  return [name === undefined ? { other: { answer: value } } : { name }];
}

/** A classification's value, where it is not what its name is already. */
export const unlessName = (value: string | undefined, name: string | undefined) =>
  value === name ? undefined : value;
