import type { Annotation, Geometry, Keyframe } from '../../../events/schemas/annotation';
import type { Classification } from '../../../events/schemas/classification';
import { gather } from '../../gather';
import {
  asEntries,
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  isObject,
  type JsonObject,
} from '../../read';
import { toClassifications } from './classification';
import { geometry } from './geometry';

type Shape = Extract<Geometry, { kind: Keyframe['kind'] }>;
type Track = Extract<Annotation, { kind: 'video-track' }>;

/** What moves over the frames of a label. */
interface Moving {
  readonly tracks: readonly Track[];
  /** What was asked of single frames. */
  readonly classifications: readonly Classification[];
}

/** One object on one frame. */
interface Mark {
  readonly id: string | undefined;
  readonly object: unknown;
  readonly frame: number | undefined;
  readonly group: string | undefined;
}

/**
 * A video lists frames, a DICOM series groups of frames; on each stand objects by their feature id.
 * All that one feature is on all frames becomes one track.
 *
 * @returns undefined when the label has no frames
 */
export function toTracks(annotations: JsonObject): Moving | undefined {
  if (!isObject(annotations.groups) && !isObject(annotations.frames)) return undefined;
  const segments = holdersOf(asObject(annotations.segments));
  const tracks = gather(marksOf(annotations), {
    // Without an id it is not known on other frames.
    key: ({ id }) => id,
    head: (mark) => startTrack(mark, segments),
    part: toKeyframe,
    isPassedOn: true,
  }).map(([track, keyframes]): Track => ({ ...track, keyframes }));
  return { tracks, classifications: [...classificationsOf(annotations)] };
}

function* marksOf({ frames, groups }: JsonObject): Iterable<Mark> {
  yield* marksOn(frames);
  for (const [name, group] of Object.entries(asObject(groups) ?? {})) {
    yield* marksOn(asObject(group)?.frames, name);
  }
}

function* classificationsOf({ frames, groups }: JsonObject): Iterable<Classification> {
  yield* classificationsOn(frames);
  for (const group of Object.values(asObject(groups) ?? {})) {
    yield* classificationsOn(asObject(group)?.frames);
    yield* toClassifications(asObject(group)?.classifications) ?? [];
  }
}

const marksOn = (frames: unknown, group?: string): readonly Mark[] =>
  (asEntries(frames) ?? []).flatMap(([key, value]) =>
    objectsOf(asObject(value)?.objects).map(({ id, object }) => ({
      id,
      object,
      frame: toFrame(key),
      group,
    })),
  );

const classificationsOn = (frames: unknown): readonly Classification[] =>
  (asEntries(frames) ?? []).flatMap(
    ([key, value]) => toClassifications(asObject(value)?.classifications, toFrame(key)) ?? [],
  );

const toFrame = (key: string): number | undefined => (/^\d+$/.test(key) ? Number(key) : undefined);

/** A frame gives its objects as a map by feature id, or as a list. */
const objectsOf = (value: unknown): Pick<Mark, 'id' | 'object'>[] =>
  asList(value)?.map((object) => ({ id: asId(asObject(object)?.feature_id), object })) ??
  Object.entries(asObject(value) ?? {}).map(([id, object]) => ({ id, object }));

function startTrack(
  { id, object: first }: Mark,
  segments: readonly JsonObject[],
): Omit<Track, 'keyframes'> {
  const object = asObject(first) ?? {};
  return {
    id,
    name: asText(object.name),
    value: asText(object.value),
    schemaId: asId(object.feature_schema_id),
    kind: 'video-track',
    segments: id === undefined ? undefined : segmentsOf(id, segments),
    classifications: [],
  };
}

function toKeyframe({ object, frame, group }: Mark): Keyframe {
  if (!isObject(object)) return { frame, group, kind: 'other', native: object };
  const classifications = toClassifications(object.classifications);
  return {
    frame,
    group,
    classifications: classifications?.length ? classifications : undefined,
    ...shapeOf(object),
  };
}

/** What can stand on a frame; anything else is passed on as it came. */
function shapeOf(object: JsonObject): Shape {
  const shape = geometry(object);
  switch (shape.kind) {
    case 'bbox':
    case 'polygon':
    case 'polyline':
    case 'point':
    case 'mask':
    case 'other':
      return shape;
    default:
      return { kind: 'other', native: object };
  }
}

/** What has segments by feature id; a DICOM series keys them by group first. */
const holdersOf = (segments: JsonObject | undefined): JsonObject[] =>
  segments ? [segments, ...Object.values(segments).filter(isObject)] : [];

/** The stretches of frames on which a feature is there. */
function segmentsOf(id: string, holders: readonly JsonObject[]): [number, number][] | undefined {
  const lists = holders.map((holder) => asList(holder[id]));
  const found = lists.filter((list) => list !== undefined).flat();
  const pairs = found.map((pair) => asList(pair)?.map(asNumber));
  const isPair = (pair: (number | undefined)[] | undefined): pair is [number, number] =>
    pair?.length === 2 && pair.every((end) => end !== undefined);
  return found.length > 0 ? pairs.filter(isPair) : undefined;
}
