import type { Answer, Classification } from '../../../events/schemas/classification';
import { asId, asList, asObject, asText, type JsonObject } from '../../read';

/**
 * Which of several messages of a chat somebody chose, or how they ranked them: an object without a
 * geometry, whose answer is a classification.
 */
export function toSelection(object: JsonObject): Classification[] {
  const name = asText(object.name);
  const schemaId = asId(object.feature_schema_id);
  const single = asObject(object.selected_message);
  if (single) return [{ name, schemaId, type: 'radio', answers: [toAnswer(single)] }];
  const several = asList(object.selected_messages);
  if (several) return [{ name, schemaId, type: 'checklist', answers: several.map(toAnswer) }];
  const ranked = asList(object.ranked_messages);
  if (ranked) return [{ name, schemaId, type: 'ranking', ranking: ranked }];
  return [];
}

/** A message is known by its id, and to people by the model that wrote it. */
function toAnswer(value: unknown): Answer {
  const message = asObject(value);
  const id = asId(message?.message_id) ?? asId(value);
  return { name: asText(message?.model_config_name) ?? id, value: id };
}
