import type { Answer, Classification } from '../../../events/schemas/classification';
import { asId, asList, asObject, asText, isObject, type JsonObject } from '../../read';

/** The classifications in a list; nested ones sometimes come wrapped in lists. */
export const toClassifications = (value: unknown): Classification[] | undefined =>
  asList(value)?.flat(Number.POSITIVE_INFINITY).map(toClassification);

function toClassification(value: unknown): Classification {
  const object = asObject(value) ?? {};
  return {
    name: asText(object.title),
    schemaId: asId(object.schemaId),
    messageId: asId(object.messageId),
    ...answered(object),
  };
}

/** A list is a checklist, also the list under `answer` that the retired dropdown left behind. */
function answered({
  answer,
  answers,
}: JsonObject): Pick<Classification, 'type' | 'answers' | 'text' | 'number'> {
  const list = asList(answers) ?? asList(answer);
  if (list) return { type: 'checklist', answers: list.map(toAnswer) };
  if (isObject(answer)) return { type: 'radio', answers: [toAnswer(answer)] };
  if (typeof answer === 'string') return { type: 'text', text: answer };
  if (typeof answer === 'number') return { type: 'number', number: answer };
  return { type: 'other' };
}

function toAnswer(value: unknown): Answer {
  const object = asObject(value) ?? { title: value };
  return {
    name: asText(object.title),
    value: asText(object.value),
    schemaId: asId(object.schemaId),
    classifications: toClassifications(object.classifications),
  };
}
