import type { Annotation, Classification, Relationship } from '../../events/types';
import { leftOf } from '../../json/left-of';
import { groupBy } from '../../json/long/group-by';
import type { Items } from '../../json/long/items';
import { joinItems } from '../../json/long/long-list';
import { asId, asList, asText, isObject, type JsonObject } from '../../json/read';
import { toAnnotation } from './annotation';
import { isAnswer } from './answers';
import { toClassification } from './classification';
import type { Config } from './config';
import { hasPlace } from './geometry';

interface Content {
  readonly annotations: Items<Annotation>;
  readonly classifications: Items<Classification>;
  readonly relationships: Items<Relationship>;
}

/**
 * Converts the results of an annotation. Results with the same id are one region: its shape, its classes and its
 * answers. Answers without a place belong to the whole task.
 */
export function toContent(results: Items<unknown>, config: Config): Content {
  const objects = results.flatMap((item): JsonObject[] =>
    isObject(item) && !toRelationship(item) ? [item] : [],
  );
  const regions = groupBy(objects, {
    key: ({ id }) => asId(id),
    head: () => null,
    part: (result) => result,
  }).map(([, group]) => group);
  return {
    annotations: joinItems(
      regions.filter(isRegion).map((group) => toAnnotation(group, config)),
      results.flatMap((item) => (isObject(item) ? [] : toUnread(item))),
    ),
    classifications: regions
      .filter((group) => !isRegion(group))
      .flatMap((group) => group.map((result) => toClassification(result, config))),
    relationships: results.flatMap((item) => toRelationship(item) ?? []),
  };
}

const toUnread = (native: unknown): Annotation => ({ kind: 'other', native, classifications: [] });

/** Whether the results have a place: a mark, or an answer with a place. */
const isRegion = (group: readonly JsonObject[]): boolean =>
  !group.every(isAnswer) || group.some(hasPlace);

/** @returns undefined if the result is no relation, or does not name both regions */
function toRelationship(result: unknown): Relationship | undefined {
  if (!isObject(result) || result.type !== 'relation') return undefined;
  const { type: _type, id, from_id, to_id, direction, labels, ...rest } = result;
  const from = asId(from_id);
  const to = asId(to_id);
  if (!from || !to) return undefined;
  const names = asList(labels)?.map(asText);
  const isNamed = names?.every((name) => name !== undefined);
  return {
    id: asId(id),
    from,
    to,
    direction: asText(direction),
    labels: isNamed ? names : undefined,
    other: leftOf({ ...rest, ...(!isNamed && { labels }) }, () => false),
  };
}
