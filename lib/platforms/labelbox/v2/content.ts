import type { Label } from '../../../events/schemas/label';
import { Members } from '../../../json/members';
import { type JsonObject, unlessEmpty } from '../../../json/read';
import { withUnread } from '../unread';
import { toAnnotation } from './annotation';
import { toClassifications } from './classification';
import { readFilms, toMoving } from './films';
import { toRelationship } from './relationship';
import { readTimestamps } from './timestamps';
import { isSegments, toRanges, type Where } from './where';

type Content = Pick<Label, 'annotations' | 'classifications' | 'relationships' | 'other'>;

/**
 * What was annotated: videos and DICOM series list what stands on each frame, sounds what was said at
 * which time, everything else objects.
 *
 * @param mediaUnit in what segments count where the content does not say
 */
export function toContent(annotations: JsonObject, mediaUnit: Where['unit']): Content {
  const members = new Members(annotations);
  const films = readFilms(members);
  const timestamp = members.inner('timestamp');
  const where: Where = {
    rangesOf: toRanges(members.inner('segments')),
    unit: (films && 'frame') ?? (timestamp && 'ms') ?? mediaUnit,
  };
  if (!isSegments(annotations.segments)) members.leave('segments');
  const spoken = timestamp && readTimestamps(timestamp, where);
  const moving = films && toMoving(films, members, where);
  const objects = members.list('objects')?.map((object) => toAnnotation(object, where));
  const classifications = toClassifications(members.list('classifications'), where);
  const relationships = members.list('relationships');
  return {
    annotations: withUnread(joined(objects, moving?.annotations), relationships, toRelationship),
    classifications: joined(classifications, moving?.classifications, spoken?.classifications),
    relationships: relationships
      ?.map(toRelationship)
      .filter((relationship) => relationship !== undefined),
    other: unlessEmpty({
      ...members.left,
      ...withLeft('groups', films),
      ...withLeft('timestamp', spoken),
    }),
  };
}

const withLeft = (name: string, read: { readonly left?: JsonObject } | undefined) =>
  read?.left && { [name]: read.left };

/** @returns undefined where there is no list at all */
function joined<Item>(...lists: (readonly Item[] | undefined)[]): Item[] | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length > 0 ? known.flatMap((list) => [...list]) : undefined;
}
