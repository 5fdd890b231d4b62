import type { Answer, Classification } from '../../../events/types';
import { Members } from '../../../json/members';
import { asNumber, asObject, asText, isObject } from '../../../json/read';
import { answeredWith, unlessName } from '../answers';

/** Converts an item of a list of classifications. Nested ones are sometimes wrapped in lists. */
export const toClassifications = (item: unknown): Classification[] =>
  [item].flat(Number.POSITIVE_INFINITY).map(toClassification);

function toClassification(value: unknown): Classification {
  if (!isObject(value)) return { type: 'other', native: value };
  const members = new Members(value);
  const name = members.text('title');
  const common = {
    id: members.id('featureId'),
    name,
    value: unlessName(members.text('value'), name),
    schemaId: members.id('schemaId'),
    messageId: members.id('messageId'),
  };
  const answered = readAnswer(members);
  if (!answered) return { ...common, type: 'other', native: value };
  members.skip(['format', 'version', 'keyframe']);
  return { ...common, ...answered, other: members.left };
}

/** A list is a checklist, also the list in `answer` of the retired dropdown. */
function readAnswer(
  members: Members,
): Pick<Classification, 'type' | 'answers' | 'text' | 'number'> | undefined {
  const list = members.list('answers') ?? members.list('answer');
  if (list) return { type: 'checklist', answers: list.flatMap(toAnswers) };
  const answer = members.take('answer', asObject);
  if (answer) return { type: 'radio', answers: toAnswers(answer) };
  const text = members.take('answer', asText);
  if (text !== undefined) return { type: 'text', text };
  const number = members.take('answer', asNumber);
  return number === undefined ? undefined : { type: 'number', number };
}

const toAnswers = (value: unknown): Answer[] =>
  answeredWith(value, (members) => {
    const answer = {
      id: members.id('featureId'),
      name: members.text('title'),
      value: members.text('value'),
      schemaId: members.id('schemaId'),
      classifications: members.list('classifications')?.flatMap(toClassifications),
    };
    members.skip(['format', 'version', 'keyframe']);
    return answer;
  });
