import type { Annotation } from '../../../events/schemas/annotation';
import type { Label } from '../../../events/schemas/label';
import type { Items, WithItems } from '../../../json/long/items';
import { joinItems } from '../../../json/long/long-list';
import { Members } from '../../../json/members';
import { type JsonObject, unlessEmpty } from '../../../json/read';
import { withUnread } from '../unread';
import { toAnnotation } from './annotation';
import { toClassification } from './classification';
import { readFilms, toMoving } from './films';
import { toRelationship } from './relationship';
import { readTimestamps } from './timestamps';
import { isSegments, toRanges, type Where } from './where';

type Content = WithItems<
  Pick<Label, 'annotations' | 'classifications' | 'relationships' | 'other'>
>;

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
  const objects = members.items('objects')?.map((object) => toAnnotation(object, where));
  const classifications = members
    .items('classifications')
    ?.flatMap((item) => toClassification(item, where));
  const relationships = members.items('relationships');
  return {
    annotations: withUnread(
      joined<WithItems<Annotation>>(objects, moving?.annotations),
      relationships,
      toRelationship,
    ),
    classifications: joined(classifications, moving?.classifications, spoken?.classifications),
    relationships: relationships?.flatMap((each) => toRelationship(each) ?? []),
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
function joined<Item>(...lists: (Items<Item> | undefined)[]): Items<Item> | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length > 0 ? joinItems(...known) : undefined;
}
