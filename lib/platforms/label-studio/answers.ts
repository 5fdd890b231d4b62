import type { Answer, Classification } from '../../events/types';
import { asList, asNumber, asObject, asText, type JsonObject } from '../../json/read';
import type { Config } from './config';

type Answered = Omit<Classification, 'name' | 'id'>;

interface Reader {
  /** The member of the value that contains the answer. */
  readonly member: string;
  /**
   * @param answer undefined if the question was not answered
   * @returns undefined if the answer is not understood
   */
  readonly read: (answer: unknown, isMultiple: () => boolean) => Answered | undefined;
}

const READERS: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  ['choices', { member: 'choices', read: toChoices }],
  ['taxonomy', { member: 'taxonomy', read: toTaxonomy }],
  ['textarea', { member: 'text', read: toText }],
  ['rating', { member: 'rating', read: (rating) => one('rating', { rating }, asNumber) }],
  ['number', { member: 'number', read: (number) => one('number', { number }, asNumber) }],
  ['datetime', { member: 'datetime', read: (datetime) => one('datetime', { datetime }, asText) }],
  ['pairwise', { member: 'selected', read: (selected) => one('pairwise', { selected }, asText) }],
  ['ranker', { member: 'ranker', read: (ranking) => ({ type: 'ranking', ranking }) }],
]);

/** Whether a result is an answer, and does not mark a place. */
export const isAnswer = (result: JsonObject): boolean => READERS.has(result.type);

/** The member of a result's value that contains its answer. */
export const answerMember = ({ type }: JsonObject): string | undefined => READERS.get(type)?.member;

/** The answer of a result. An annotator who clears an answer leaves a result without one. */
export function readAnswer(result: JsonObject, config: Config): Answered {
  const reader = READERS.get(result.type);
  const value = asObject(result.value ?? {});
  const answer = reader && value?.[reader.member];
  const isMultiple = () => config.isMultiple(asText(result.from_name));
  const answered = value && reader?.read(answer ?? undefined, isMultiple);
  return answered ?? { type: 'other', native: result };
}

/** A single value. It is unknown if it has another type. */
function one<T>(
  type: Answered['type'],
  member: Readonly<Record<string, unknown>>,
  read: (value: unknown) => T | undefined,
): Answered | undefined {
  const [[name, value] = ['', undefined]] = Object.entries(member);
  if (value === undefined) return { type };
  const answer = read(value);
  return answer === undefined ? undefined : { type, [name]: answer };
}

function toChoices(choices: unknown, isMultiple: () => boolean): Answered | undefined {
  const answers = toAnswers(choices);
  return answers && { type: answers.length > 1 || isMultiple() ? 'checklist' : 'radio', answers };
}

function toTaxonomy(taxonomy: unknown): Answered | undefined {
  const answers = toAnswers(taxonomy);
  return answers && { type: 'taxonomy', answers };
}

function toAnswers(choices: unknown = []): Answer[] | undefined {
  const answers = (asList(choices) ?? [choices]).map(toAnswer);
  return answers.every((answer) => answer !== undefined) ? answers : undefined;
}

/** The answer for a path through a tree of choices is named after its leaf. */
function toAnswer(choice: unknown): Answer | undefined {
  const path = asList(choice)?.map(asWord);
  const name = path ? path.at(-1) : asWord(choice);
  if (name === undefined || !path) return name === undefined ? undefined : { name };
  return path.every((step) => step !== undefined) ? { name, path } : undefined;
}

function toText(text: unknown = []): Answered | undefined {
  const lines = (asList(text) ?? [text]).map(asWord);
  if (!lines.every((line) => line !== undefined)) return undefined;
  return { type: 'text', text: lines.length > 0 ? lines.join('\n') : undefined };
}

/** Predictions write numbers where the editor writes text. */
const asWord = (value: unknown): string | undefined => asText(value) ?? asNumber(value)?.toString();
