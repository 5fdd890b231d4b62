import type { Annotation, Relationship } from '../../../events/schemas/annotation';
import { Members } from '../../../json/members';
import { asId, asObject, asText, isObject } from '../../../json/read';
import { toClassifications } from './classification';
import { geometry } from './geometry';

/** How it is written, and where to get a picture of it: both say nothing more than it does. */
const SAYS_NOTHING_MORE = ['format', 'version', 'instanceURI', 'keyframe'];

/** One object of a v1 label. Whatever stands in the list becomes an annotation: none is dropped. */
export function toAnnotation(object: unknown): Annotation {
  if (!isObject(object)) return { kind: 'other', native: object, classifications: [] };
  const members = new Members(object);
  members.skip(SAYS_NOTHING_MORE);
  // Before the geometry, which is no mask while something is left that could be another shape.
  const classifications = members.list('classifications')?.flatMap(toClassifications) ?? [];
  const shape = geometry(members);
  // In one piece: each copy counts where there are thousands.
  return {
    id: members.id('featureId'),
    name: members.text('title'),
    value: members.text('value'),
    schemaId: members.id('schemaId'),
    color: members.text('color'),
    page: members.number('page'),
    ...shape,
    classifications,
    other: shape.kind === 'other' ? undefined : members.left,
  };
}

/**
 * Images name both ends `source` and `target`, older texts by their feature ids.
 *
 * @returns undefined when it does not name both
 */
export function toRelationship(value: unknown): Relationship | undefined {
  if (!isObject(value)) return undefined;
  const members = new Members(value);
  const data = members.takeWhole('data', ENDS, asObject);
  const from = asId(data?.source) ?? asId(data?.startFeatureId);
  const to = asId(data?.target) ?? asId(data?.endFeatureId);
  if (!from || !to) return undefined;
  const label = asText(data?.label);
  const id = members.id('featureId');
  const direction = members.text('relationshipType') ?? members.text('format');
  // What kind it is by the ontology, which its label names, and how it is written.
  members.skip(['schemaId', 'format', 'version']);
  return {
    id,
    from,
    to,
    direction,
    labels: label === undefined ? undefined : [label],
    other: members.left,
  };
}

const ENDS = {
  source: asId,
  target: asId,
  startFeatureId: asId,
  endFeatureId: asId,
  label: asText,
};
