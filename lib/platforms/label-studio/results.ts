import type { Annotation, Relationship } from '../../events/schemas/annotation';
import type { Classification } from '../../events/schemas/classification';
import { gather } from '../gather';
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
  const regions = gather(results.filter((item) => !isRelation(item)).map(toResult), {
    key: ({ id }) => asId(id),
    head: () => null,
    part: (result) => result,
  }).map(([, group]) => group);
  return {
    annotations: regions.filter(hasShape).map((group) => toAnnotation(group, config)),
    classifications: regions
      .filter((group) => !hasShape(group))
      .flatMap((group) => group.map((said) => toClassification(said, config))),
    relationships: results.filter(isRelation).flatMap((relation) => toRelationship(relation) ?? []),
  };
}

const isRelation = (item: unknown): item is JsonObject =>
  isObject(item) && item.type === 'relation';

const toResult = (item: unknown): JsonObject => (isObject(item) ? item : { native: item });

const hasShape = (group: readonly JsonObject[]): boolean => !group.every(isClassification);

function toRelationship(result: JsonObject): Relationship | undefined {
  const from = asId(result.from_id);
  const to = asId(result.to_id);
  if (!from || !to) return undefined;
  const labels = asList(result.labels)
    ?.map(asText)
    .filter((label) => label !== undefined);
  return { from, to, direction: asText(result.direction), labels };
}
