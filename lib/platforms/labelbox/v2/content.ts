import type { Annotation, Label } from '../../../events/types';
import { isNothing } from '../../../json/left-of';
import type { Items } from '../../../json/long/items';
import { joinItems } from '../../../json/long/long-list';
import type { MaybeLong } from '../../../json/long/maybe-long';
import { Members } from '../../../json/members';
import { asItems, asObject, type JsonObject, unlessEmpty } from '../../../json/read';
import { withUnread } from '../unread';
import { toAnnotation } from './annotation';
import { toClassification } from './classification';
import { claimsOfFilms, readFilms, toMoving } from './films';
import { toRelationship } from './relationship';
import { readTimestamps } from './timestamps';
import { claimsOf, foldUnclaimed } from './unclaimed-segments';
import { isSegments, toRanges, type Where } from './where';

type Content = MaybeLong<
  Pick<Label, 'annotations' | 'classifications' | 'relationships' | 'other'>
>;

/**
 * Reads the content of a label. Videos and DICOM series list objects by frame, sounds list answers by time, and all
 * other media list objects.
 *
 * @param mediaUnit the unit of segments, if the content does not determine it
 * @param labelLeft the unread members of the label around the content
 */
export function toContent(
  annotations: JsonObject,
  mediaUnit: Where['unit'],
  labelLeft: JsonObject | undefined,
): Content {
  const members = new Members(annotations);
  const films = readFilms(members);
  const timestamp = members.inner('timestamp');
  const where: Where = {
    rangesOf: toRanges(members.inner('segments')),
    unit: (films && 'frame') ?? (timestamp && 'ms') ?? mediaUnit,
  };
  const segments = isSegments(annotations.segments) ? asObject(annotations.segments) : undefined;
  if (!segments) members.leave('segments');
  const spoken = timestamp && readTimestamps(timestamp, where);
  const moving = films && toMoving(films, members, where);
  const objects = toAnnotations(members.items('objects'), where);
  const classifications = toClassifications(members.items('classifications'), where);
  const relationships = members.items('relationships');
  const toOther = (unclaimed: JsonObject | undefined) =>
    unlessEmpty({
      ...labelLeft,
      ...members.left,
      ...(unclaimed && { segments: unclaimed }),
      ...withLeft('groups', films),
      ...withLeft('timestamp', spoken),
    });
  return {
    annotations: withUnread(
      joined<MaybeLong<Annotation>>(objects, moving?.annotations),
      relationships,
      toRelationship,
    ),
    classifications: joined(classifications, moving?.classifications, spoken?.classifications),
    relationships: relationships?.flatMap((each) => toRelationship(each) ?? []),
    other:
      segments && !isNothing(segments)
        ? foldUnclaimed(segments, claimsIn(annotations, films, where), toOther)
        : toOther(undefined),
  };
}

// A long list keeps these closures, which keep all that their scope holds: here, no label.

const toAnnotations = (objects: Items<unknown> | undefined, where: Where) =>
  objects?.map((object) => toAnnotation(object, where));

const toClassifications = (items: Items<unknown> | undefined, where: Where) =>
  items?.flatMap((item) => toClassification(item, where));

/** The segments that each part of the content uses. */
function claimsIn(
  annotations: JsonObject,
  films: ReturnType<typeof readFilms>,
  where: Where,
): Items<ReturnType<typeof claimsOf>> {
  const { objects, classifications } = annotations;
  const timestamp = asObject(annotations.timestamp);
  const parts = [
    asItems(objects)?.map((object) =>
      claimsOf(where, (recording) => toAnnotation(object, recording)),
    ),
    asItems(classifications)?.map((item) =>
      claimsOf(where, (recording) => toClassification(item, recording)),
    ),
    timestamp && [claimsOf(where, (recording) => readTimestamps(timestamp, recording))],
    ...(films ? claimsOfFilms(films, where) : []),
  ];
  return joined(...parts) ?? [];
}

const withLeft = (name: string, read: { readonly left?: JsonObject } | undefined) =>
  read?.left && { [name]: read.left };

/** @returns undefined if there is no list */
function joined<Item>(...lists: (Items<Item> | undefined)[]): Items<Item> | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length > 0 ? joinItems(...known) : undefined;
}
