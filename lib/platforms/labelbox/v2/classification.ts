import type { Answer, Classification } from '../../../events/types';
import { Members } from '../../../json/members';
import { asList, isObject } from '../../../json/read';
import { answeredWith, unlessName } from '../answers';
import { placeOf, type Where } from './where';

/** The classifications in a list. */
export const toClassifications = (value: unknown, where: Where): Classification[] | undefined =>
  asList(value)?.flatMap((item) => toClassification(item, where));

/** Converts an item of such a list. Classifications under a text follow it, since a text has no options. */
export function toClassification(value: unknown, where: Where): Classification[] {
  if (!isObject(value)) return [{ type: 'other', native: value, ...placeOf([], where) }];
  const members = new Members(value);
  const id = members.id('feature_id');
  const name = members.text('name');
  const common = {
    id,
    name,
    value: unlessName(members.text('value'), name),
    schemaId: members.id('feature_schema_id'),
    messageId: members.id('message_id'),
  };
  const answered = readAnswer(members, where);
  const placed = (ids: readonly (string | undefined)[] = []) =>
    placeOf([id, ...ids, common.schemaId], where);
  if (!answered) return [{ ...common, type: 'other', native: value, ...placed() }];
  const { nested = [], answers, ...rest } = answered;
  const other = members.left;
  if (!answers?.length) return [{ ...common, ...rest, answers, ...placed(), other }, ...nested];
  return byPlace(answers, placed).map(([place, placedAnswers]) => ({
    ...common,
    ...rest,
    answers: placedAnswers,
    ...place,
    other,
  }));
}

type Place = ReturnType<typeof placeOf>;

/** Separates answers with different ranges, since the ranges of a classification apply to all of its answers. */
function byPlace(
  answers: readonly Answer[],
  placed: (ids: readonly (string | undefined)[]) => Place,
): (readonly [Place, Answer[]])[] {
  const places = new Map<string, readonly [Place, Answer[]]>();
  for (const answer of answers) {
    const place = placed([answer.id]);
    const key = JSON.stringify(place);
    const known = places.get(key) ?? [place, []];
    known[1].push(answer);
    places.set(key, known);
  }
  return [...places.values()];
}

type Answered = Pick<Classification, 'type' | 'answers' | 'text'> & {
  /** The classifications that follow it. */
  readonly nested?: Classification[];
};

/** @returns undefined if the kind of the answer is unknown, or there is no answer */
function readAnswer(members: Members, where: Where): Answered | undefined {
  const radio = members.inner('radio_answer') ?? members.inner('conversational_radio_answer');
  if (radio) return { type: 'radio', answers: toAnswers(radio, where) };
  const checklist =
    members.list('checklist_answers') ?? members.list('conversational_checklist_answers');
  if (checklist) {
    return { type: 'checklist', answers: checklist.flatMap((item) => toAnswers(item, where)) };
  }
  return (
    written('text_answer', members, where) ?? written('conversational_text_answer', members, where)
  );
}

function written(name: string, members: Members, where: Where): Answered | undefined {
  const answer = members.inner(name);
  if (!answer) return undefined;
  const inner = new Members(answer);
  const text = inner.text('content');
  const nested = toClassifications(inner.list('classifications'), where);
  if (inner.left) members.leave(name);
  return { type: 'text', text, nested };
}

const toAnswers = (value: unknown, where: Where): Answer[] =>
  answeredWith(value, (members) => {
    const id = members.id('feature_id');
    const nested = toClassifications(members.list('classifications'), {
      ...where,
      // Nested classifications have the ranges of the answer above them.
      frame: undefined,
      group: undefined,
      rangesOf: (featureId) => where.rangesOf(featureId, where.group),
    });
    return {
      id,
      name: members.text('name'),
      value: members.text('value'),
      schemaId: members.id('feature_schema_id'),
      classifications: nested?.length ? nested : undefined,
    };
  });
