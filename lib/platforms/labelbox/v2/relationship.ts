import type { Relationship } from '../../../events/types';
import { Members } from '../../../json/members';
import { asId, asObject, asText, isObject } from '../../../json/read';

/**
 * An exported relationship names its two ends in a nested object, such as `unidirectional_relationship`.
 *
 * @returns undefined if an end is missing
 */
export function toRelationship(value: unknown): Relationship | undefined {
  if (!isObject(value)) return undefined;
  const [key = '', ends] =
    Object.entries(value).find(([, member]) => asId(asObject(member)?.source)) ?? [];
  const from = asId(asObject(ends)?.source);
  const to = asId(asObject(ends)?.target);
  if (!from || !to) return undefined;
  const members = new Members(value);
  members.takeWhole(key, { source: asId, target: asId, type: asText }, asObject);
  const id = members.id('feature_id');
  const name = members.text('name');
  if (value.value === name) members.skip(['value']);
  // The name tells the kind in the ontology and in the platform's terms.
  members.skip(['feature_schema_id', 'annotation_kind']);
  return {
    id,
    from,
    to,
    direction: asText(asObject(ends)?.type) ?? /^(uni|bi)directional/.exec(key)?.[0],
    labels: name === undefined ? undefined : [name],
    other: members.left,
  };
}
