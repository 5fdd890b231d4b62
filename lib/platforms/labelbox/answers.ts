import type { Answer } from '../../events/types';
import { Members } from '../../json/members';
import { asText, isObject } from '../../json/read';

/**
 * The chosen answers. A text is the name of a choice, and an empty value is no choice. Any other value is passed on.
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

/** The value of a classification, if it differs from its name. */
export const unlessName = (value: string | undefined, name: string | undefined) =>
  value === name ? undefined : value;
