import type { Answer, Classification } from '../../../events/schemas/classification';
import { asId, asList, asObject, asText, type JsonObject } from '../../read';

/** The classifications in a list. What is nested under a text has no answer to stand in: it follows. */
export const toClassifications = (value: unknown, frame?: number): Classification[] | undefined =>
  asList(value)?.flatMap((item) => {
    const object = asObject(item) ?? {};
    const nested = asObject(textAnswer(object))?.classifications;
    return [toClassification(object, frame), ...(toClassifications(nested, frame) ?? [])];
  });

const toClassification = (object: JsonObject, frame: number | undefined): Classification => ({
  name: asText(object.name),
  schemaId: asId(object.feature_schema_id),
  messageId: asId(object.message_id),
  frame,
  ...answered(object),
});

function answered(object: JsonObject): Pick<Classification, 'type' | 'answers' | 'text'> {
  const radio = asObject(object.radio_answer ?? object.conversational_radio_answer);
  if (radio) return { type: 'radio', answers: [toAnswer(radio)] };
  const checklist = asList(object.checklist_answers ?? object.conversational_checklist_answers);
  if (checklist) return { type: 'checklist', answers: checklist.map(toAnswer) };
  const text = asText(asObject(textAnswer(object))?.content);
  return text === undefined ? { type: 'other' } : { type: 'text', text };
}

const textAnswer = (object: JsonObject): unknown =>
  object.text_answer ?? object.conversational_text_answer;

function toAnswer(value: unknown): Answer {
  const object = asObject(value) ?? {};
  const nested = toClassifications(object.classifications);
  return {
    name: asText(object.name),
    value: asText(object.value),
    schemaId: asId(object.feature_schema_id),
    classifications: nested?.length ? nested : undefined,
  };
}
