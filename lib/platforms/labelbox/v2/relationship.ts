import type { Relationship } from '../../../events/schemas/annotation';
import { asId, asList, asObject, asText } from '../../read';

/** The form of an exported relationship is not documented: those that name two ends are read. */
export const toRelationships = (value: unknown): Relationship[] | undefined =>
  asList(value)
    ?.map(toRelationship)
    .filter((relationship) => relationship !== undefined);

function toRelationship(value: unknown): Relationship | undefined {
  const object = asObject(value);
  if (!object) return undefined;
  const [key = '', ends] =
    Object.entries(object).find(([, member]) => asId(asObject(member)?.source)) ?? [];
  const from = asId(asObject(ends)?.source);
  const to = asId(asObject(ends)?.target);
  if (!from || !to) return undefined;
  const name = asText(object.name);
  return {
    id: asId(object.feature_id),
    from,
    to,
    direction: asText(asObject(ends)?.type) ?? /^(uni|bi)directional/.exec(key)?.[0],
    labels: name === undefined ? undefined : [name],
  };
}
