import type { Annotation, Relationship } from '../../../events/types';
import { Members } from '../../../json/members';
import { asId, asObject, asText, isObject } from '../../../json/read';
import { toClassifications } from './classification';
import { geometry } from './geometry';

/** Members about the encoding, and addresses of images of the object. They add no information. */
const SAYS_NOTHING_MORE = ['format', 'version', 'instanceURI', 'keyframe'];

/** Converts one object of a v1 label. Every item of the list becomes an annotation, so that none is dropped. */
export function toAnnotation(object: unknown): Annotation {
  if (!isObject(object)) return { kind: 'other', native: object, classifications: [] };
  const members = new Members(object);
  members.skip(SAYS_NOTHING_MORE);
  // Read before the geometry: an object is a mask only if no unread members could be another shape.
  const classifications = members.list('classifications')?.flatMap(toClassifications) ?? [];
  const shape = geometry(members);
  // Built without copies, since there can be thousands of objects.
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
 * Images name both ends `source` and `target`; older texts name them by their feature ids.
 *
 * @returns undefined if an end is missing
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
  // The label names the kind in the ontology, and the rest is about the encoding.
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
