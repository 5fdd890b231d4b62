import type { Annotation } from '../../events/schemas/annotation';
import { asId, asList, asNumber, asObject, asText, type JsonObject } from '../read';
import { isClassification, toClassification } from './classification';
import type { Config } from './config';
import { geometry } from './geometry';

/** All results of one region as one annotation. */
export function toAnnotation(group: readonly JsonObject[], config: Config): Annotation {
  const marks = group.filter((result) => !isClassification(result));
  const understood = firstUnderstood(marks, config);
  const result = understood?.result ?? marks[0] ?? {};
  const names = [...new Set(marks.flatMap(namesOf))];
  return {
    id: asId(result.id),
    name: names[0],
    names: names.length > 1 ? names : undefined,
    score: asNumber(result.score),
    origin: asText(result.origin),
    parentId: asId(result.parentID),
    itemIndex: asNumber(result.item_index),
    imageRotation: asNumber(result.image_rotation),
    ...(understood?.shape ?? { kind: 'other', native: group.length === 1 ? group[0] : group }),
    classifications: group.filter(isClassification).map((said) => toClassification(said, config)),
  };
}

/** Results of one region repeat its shape, which can be long: it is read once. */
function firstUnderstood(marks: readonly JsonObject[], config: Config) {
  for (const result of marks) {
    const shape = geometry(result, config);
    if (shape) return { result, shape };
  }
  return undefined;
}

/** The classes of a region stand under the name of its control tag, or under `labels`. */
function namesOf(result: JsonObject): string[] {
  const value = asObject(result.value);
  const names = asList(value?.[asText(result.type) ?? '']) ?? asList(value?.labels) ?? [];
  return names.filter((name) => typeof name === 'string');
}
