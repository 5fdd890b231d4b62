import type { Answer, Classification } from '../../../events/types';
import {
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  isObject,
  type JsonObject,
} from '../../../json/read';

/**
 * The choice among several messages of a chat, or their ranking: an object without a geometry, which becomes a
 * classification. The list is in an object beside the answered message, as in Labelbox's tests, or alone.
 */
export function toSelection(object: JsonObject): Classification[] {
  const name = asText(object.name);
  const schemaId = asId(object.feature_schema_id);
  const single = asObject(object.selected_message);
  if (single) return [{ name, schemaId, type: 'radio', answers: [toAnswer(single)] }];
  const several = listOf(object.selected_messages, 'messages');
  if (several) return [{ name, schemaId, type: 'checklist', answers: several.map(toAnswer) }];
  const ranked = listOf(object.ranked_messages, 'ranked_messages');
  if (ranked) return [{ name, schemaId, type: 'ranking', ranking: inOrder(ranked) }];
  return [];
}

const listOf = (value: unknown, name: string): readonly unknown[] | undefined =>
  asList(value) ?? asList(asObject(value)?.[name]);

/** An answer has the id of the message and the name of its model. */
function toAnswer(value: unknown): Answer {
  const message = asObject(value);
  const id = asId(message?.message_id) ?? asId(value);
  return { name: asText(message?.model_config_name) ?? id, value: id };
}

/** Sorts by rank, if each message has one. */
function inOrder(ranked: readonly unknown[]): readonly unknown[] {
  const orderOf = (message: unknown) => asNumber(isObject(message) ? message.order : undefined);
  if (ranked.some((message) => orderOf(message) === undefined)) return ranked;
  return [...ranked].sort((one, other) => (orderOf(one) ?? 0) - (orderOf(other) ?? 0));
}
