import type { Annotation, Relationship } from '../../../events/schemas/annotation';
import { asId, asNumber, asObject, asText, isObject } from '../../read';
import { toClassifications } from './classification';
import { geometry } from './geometry';

/** One object of a v1 label. Whatever stands in the list becomes an annotation: none is dropped. */
export function toAnnotation(object: unknown): Annotation {
  if (!isObject(object)) return { kind: 'other', native: object, classifications: [] };
  const location = asObject(asObject(object.data)?.location);
  return {
    id: asId(object.featureId),
    name: asText(object.title),
    value: asText(object.value),
    schemaId: asId(object.schemaId),
    color: asText(object.color),
    page: asNumber(object.page),
    messageId: asId(location?.messageId),
    ...geometry(object),
    classifications: toClassifications(object.classifications) ?? [],
  };
}

/** Images name both ends `source` and `target`, older texts by their feature ids. */
export function toRelationship(value: unknown): Relationship | undefined {
  const object = asObject(value);
  const data = asObject(object?.data);
  const from = asId(data?.source) ?? asId(data?.startFeatureId);
  const to = asId(data?.target) ?? asId(data?.endFeatureId);
  if (!from || !to) return undefined;
  const label = asText(data?.label);
  return {
    id: asId(object?.featureId),
    from,
    to,
    direction: asText(object?.relationshipType) ?? asText(object?.format),
    labels: label === undefined ? undefined : [label],
  };
}
