import type { Annotation } from '../../../events/schemas/annotation';
import { asId, asNumber, asObject, asText, isObject } from '../../read';
import { toClassifications } from './classification';
import { geometry } from './geometry';
import { toSelection } from './selection';

/** One object of an exported label. Whatever stands in the list becomes an annotation. */
export function toAnnotation(object: unknown): Annotation {
  if (!isObject(object)) return { kind: 'other', native: object, classifications: [] };
  const selection = toSelection(object);
  return {
    id: asId(object.feature_id),
    name: asText(object.name),
    value: asText(object.value),
    schemaId: asId(object.feature_schema_id),
    page: asNumber(object.page_number),
    messageId: asId(asObject(object.conversational_location)?.message_id),
    ...geometry(object),
    classifications: [...(toClassifications(object.classifications) ?? []), ...selection],
  };
}
