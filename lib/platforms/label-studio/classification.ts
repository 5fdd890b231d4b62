import type { Answer, Classification } from '../../events/schemas/classification';
import { asList, asNumber, asObject, asText, type JsonObject } from '../read';
import type { Config } from './config';

type Said = Omit<Classification, 'name'>;

type Reader = (value: JsonObject, isMultiple: () => boolean) => Said;

const READERS: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  ['choices', toChoices],
  ['taxonomy', ({ taxonomy }) => ({ type: 'taxonomy', answers: asList(taxonomy)?.map(toAnswer) })],
  ['textarea', ({ text }) => ({ type: 'text', text: joined(text) })],
  ['rating', ({ rating }) => ({ type: 'rating', rating: asNumber(rating) })],
  ['number', ({ number }) => ({ type: 'number', number: asNumber(number) })],
  ['datetime', ({ datetime }) => ({ type: 'datetime', datetime: asText(datetime) })],
  ['pairwise', ({ selected }) => ({ type: 'pairwise', selected: asText(selected) })],
  ['ranker', ({ ranker }) => ({ type: 'ranking', ranking: ranker })],
]);

/** Whether a result says something, rather than mark something. */
export const isClassification = (result: JsonObject): boolean => READERS.has(result.type);

/** A result that says something, of its region or of the whole task. */
export function toClassification(result: JsonObject, config: Config): Classification {
  const name = asText(result.from_name);
  const read = READERS.get(result.type);
  const said = read?.(asObject(result.value) ?? {}, () => config.isMultiple(name));
  return { name, ...(said ?? { type: 'other' }) };
}

function toChoices({ choices }: JsonObject, isMultiple: () => boolean): Said {
  const answers = (asList(choices) ?? [choices]).map(toAnswer);
  const type = answers.length > 1 || isMultiple() ? 'checklist' : 'radio';
  return { type, answers };
}

/** A path through a tree of choices is named by its leaf. */
function toAnswer(choice: unknown): Answer {
  const path = asList(choice)
    ?.map(asText)
    .filter((step) => step !== undefined);
  return path ? { name: path.at(-1), path } : { name: asText(choice) };
}

const joined = (text: unknown): string | undefined =>
  asText(text) ??
  asList(text)
    ?.filter((line) => typeof line === 'string')
    .join('\n');
