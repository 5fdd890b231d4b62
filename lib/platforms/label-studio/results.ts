import type { Annotation, Relationship } from '../../events/schemas/annotation';
import type { Classification } from '../../events/schemas/classification';
import { asId, asList, asText, isObject, type JsonObject } from '../read';
import { toAnnotation } from './annotation';
import { isClassification, toClassification } from './classification';
import type { Config } from './config';

interface Content {
  readonly annotations: Annotation[];
  readonly classifications: Classification[];
  readonly relationships: Relationship[];
}

/**
 * The results of an annotation. Those that share an id are one region: its shape, its classes, and
 * what was said of it. What has no shape was said of the whole task.
 */
export function toContent(results: readonly unknown[], config: Config): Content {
  const content: Content = { annotations: [], classifications: [], relationships: [] };
  const others = results.filter((item) => !isRelation(item));
  for (const relation of results.filter(isRelation)) {
    const relationship = toRelationship(relation);
    if (relationship) content.relationships.push(relationship);
  }
  for (const group of groupById(others)) {
    if (group.every(isClassification)) {
      for (const said of group) content.classifications.push(toClassification(said, config));
    } else {
      content.annotations.push(toAnnotation(group, config));
    }
  }
  return content;
}

const isRelation = (item: unknown): item is JsonObject =>
  isObject(item) && item.type === 'relation';

/** In the order in which ids first appear; what has no id is alone. */
function groupById(results: readonly unknown[]): JsonObject[][] {
  const groups = new Map<unknown, JsonObject[]>();
  for (const item of results) {
    const result = isObject(item) ? item : { native: item };
    const key = asId(result.id) ?? result;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  return [...groups.values()];
}

function toRelationship(result: JsonObject): Relationship | undefined {
  const from = asId(result.from_id);
  const to = asId(result.to_id);
  if (!from || !to) return undefined;
  const labels = asList(result.labels)
    ?.map(asText)
    .filter((label) => label !== undefined);
  return { from, to, direction: asText(result.direction), labels };
}
