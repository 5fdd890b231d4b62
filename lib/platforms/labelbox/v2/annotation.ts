import type { Annotation } from '../../../events/types';
import { Members } from '../../../json/members';
import { isObject } from '../../../json/read';
import { toClassifications } from './classification';
import { geometry } from './geometry';
import { toSelection } from './selection';
import type { Where } from './where';

/** Converts one object of an exported label. Every item of the list becomes an annotation. */
export function toAnnotation(object: unknown, where: Where): Annotation {
  if (!isObject(object)) return { kind: 'other', native: object, classifications: [] };
  const members = new Members(object);
  const common = {
    id: members.id('feature_id'),
    name: members.text('name'),
    value: members.text('value'),
    schemaId: members.id('feature_schema_id'),
  };
  const classifications = toClassifications(members.list('classifications'), where) ?? [];
  const selection = toSelection(object);
  const shape = geometry(members);
  const page = shape.page ?? members.number('page_number');
  // Spreads into one literal would make V8 use a slow dictionary for each object: 1.4 times the time of a large export.
  return Object.assign(common, shape, {
    page,
    classifications: [...classifications, ...selection],
    other: shape.kind === 'other' ? undefined : members.left,
  });
}
