import type { Annotation, Classification, Keyframe } from '../../../events/types';
import { groupBy } from '../../../json/long/group-by';
import type { Items } from '../../../json/long/items';
import { joinItems } from '../../../json/long/long-list';
import type { MaybeLong } from '../../../json/long/maybe-long';
import { Members } from '../../../json/members';
import {
  asEntryItems,
  asId,
  asList,
  asObject,
  asText,
  isObject,
  type JsonObject,
} from '../../../json/read';
import type { Geometry } from '../../geometry';
import { toClassifications } from './classification';
import { geometry } from './geometry';
import type { IsInterpolated } from './key-frames';
import { at, type Where } from './where';

type Shape = Extract<Geometry, { kind: Keyframe['kind'] }>;
type Track = Extract<Annotation, { kind: 'video-track' }>;

/** Frames by their number, and their group. */
export interface Film {
  readonly frames: unknown;
  readonly group?: string;
}

/** One object on one frame. */
interface Mark {
  readonly id: string | undefined;
  readonly object: unknown;
  readonly frame: number | undefined;
  readonly group: string | undefined;
}

/**
 * A video lists frames, and a DICOM series lists groups of frames. Each frame has objects by feature id. The objects
 * of one feature on all frames become one track.
 */
export const toTracks = (
  films: readonly Film[],
  where: Where,
  isInterpolated: IsInterpolated,
): Items<MaybeLong<Track>> =>
  groupBy(joinItems(...films.map(marksOn)), {
    // An object without an id cannot be found on other frames.
    key: ({ id }) => id,
    head: (mark) => startTrack(mark, where),
    part: (mark) => toKeyframe(mark, where, isInterpolated),
    isPassedOn: true,
  }).map(([track, keyframes]): MaybeLong<Track> => ({ ...track, keyframes }));

/** The classifications of single frames. */
export const toFrameClassifications = (
  { frames, group }: Film,
  where: Where,
): Items<Classification> =>
  framesIn(frames).flatMap(
    ([key, value]) =>
      toClassifications(
        asObject(value)?.classifications,
        at(where, { frame: toFrame(key), group }),
      ) ?? [],
  );

/** Other items on frames that are not understood. */
export const toOddities = ({ frames, group }: Film): Items<Annotation> =>
  framesIn(frames).flatMap(([key, value]): Annotation[] => {
    const native = isObject(value) ? oddOf(value) : value;
    if (native === null || native === undefined) return [];
    const other = group === undefined ? undefined : { group };
    return [{ frame: toFrame(key), kind: 'other', native, classifications: [], other }];
  });

function oddOf(frame: JsonObject): unknown {
  const members = new Members(frame);
  members.list('classifications');
  members.take('objects', objectsOf);
  return members.left;
}

const marksOn = ({ frames, group }: Film): Items<Mark> =>
  framesIn(frames).flatMap(([key, value]) =>
    (objectsOf(asObject(value)?.objects) ?? []).map(({ id, object }) => ({
      id,
      object,
      frame: toFrame(key),
      group,
    })),
  );

/** The frames with their numbers; empty if the value is no object. */
const framesIn = (frames: unknown): Items<readonly [string, unknown]> => asEntryItems(frames) ?? [];

const toFrame = (key: string): number | undefined => (/^\d+$/.test(key) ? Number(key) : undefined);

/** A frame has its objects as a map by feature id, or as a list. */
const objectsOf = (value: unknown): Pick<Mark, 'id' | 'object'>[] | undefined =>
  asList(value)?.map((object) => ({ id: asId(asObject(object)?.feature_id), object })) ??
  (isObject(value) ? Object.entries(value).map(([id, object]) => ({ id, object })) : undefined);

/** Takes the name of a track from its first frame, since it is the same on all of them. */
function startTrack({ id, object: first }: Mark, where: Where): Omit<Track, 'keyframes'> {
  const object = asObject(first) ?? {};
  return {
    id,
    name: asText(object.name),
    value: asText(object.value),
    schemaId: asId(object.feature_schema_id),
    kind: 'video-track',
    segments: where.rangesOf(id),
    classifications: [],
  };
}

function toKeyframe(
  { id, object, frame, group }: Mark,
  where: Where,
  isInterpolated: IsInterpolated,
): Keyframe {
  const interpolated = isInterpolated(id, frame, group) || undefined;
  const moment = { frame, group, interpolated };
  if (!isObject(object)) return { ...moment, kind: 'other', native: object };
  const members = new Members(object);
  const classifications = toClassifications(members.list('classifications'), at(where, { group }));
  members.skip(['name', 'value', 'feature_schema_id']);
  if (asId(object.feature_id) === id) members.skip(['feature_id']);
  const shape = shapeOf(members);
  // No spreads, as in `toAnnotation`: a video has many key frames.
  return Object.assign(
    moment,
    { classifications: classifications?.length ? classifications.map(withoutGroup) : undefined },
    shape,
    { other: shape.kind === 'other' ? undefined : members.left },
  );
}

/** Removes the group, which the key frame has already. */
const withoutGroup = ({ group: _, ...classification }: Classification): Classification =>
  classification;

/** The shapes that a frame can have. Any other is passed on unchanged. */
function shapeOf(members: Members): Shape {
  const shape = geometry(members);
  switch (shape.kind) {
    case 'bbox':
    case 'polygon':
    case 'polyline':
    case 'point':
    case 'mask':
    case 'other':
      return shape;
    default:
      return { kind: 'other', native: members.object };
  }
}
