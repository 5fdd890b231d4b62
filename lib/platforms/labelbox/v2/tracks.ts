import type { Annotation, Keyframe } from '../../../events/schemas/annotation';
import type { Classification } from '../../../events/schemas/classification';
import { asId, asList, asNumber, asObject, asText, isObject, type JsonObject } from '../../read';
import { toClassifications } from './classification';
import { geometry } from './geometry';

type Track = Extract<Annotation, { kind: 'video-track' }>;

/** What moves over the frames of a label. */
interface Moving {
  readonly tracks: Track[];
  /** What was asked of single frames. */
  readonly classifications: Classification[];
}

/**
 * A video lists frames, a DICOM series groups of frames; on each stand objects by their feature id.
 * All that one feature is on all frames becomes one track.
 *
 * @returns undefined when the label has no frames
 */
export function toTracks(annotations: JsonObject): Moving | undefined {
  const groups = asObject(annotations.groups);
  if (!groups && !isObject(annotations.frames)) return undefined;
  const tracks = new Map<unknown, Track>();
  const classifications: Classification[] = [];

  const readFrames = (frames: JsonObject, group?: string): void => {
    for (const [key, value] of Object.entries(frames)) {
      const frame = /^\d+$/.test(key) ? Number(key) : undefined;
      for (const { id, object } of objectsOf(asObject(value)?.objects)) {
        // Without an id it is not known on other frames.
        const track = tracks.get(id) ?? startTrack(id, asObject(object) ?? {}, annotations);
        tracks.set(id ?? track, track);
        track.keyframes.push(toKeyframe(object, frame, group));
      }
      classifications.push(...(toClassifications(asObject(value)?.classifications, frame) ?? []));
    }
  };

  readFrames(asObject(annotations.frames) ?? {});
  for (const [group, value] of Object.entries(groups ?? {})) {
    readFrames(asObject(asObject(value)?.frames) ?? {}, group);
    classifications.push(...(toClassifications(asObject(value)?.classifications) ?? []));
  }
  return { tracks: [...tracks.values()], classifications };
}

/** A frame gives its objects as a map by feature id, or as a list. */
const objectsOf = (value: unknown): { id: string | undefined; object: unknown }[] =>
  asList(value)?.map((object) => ({ id: asId(asObject(object)?.feature_id), object })) ??
  Object.entries(asObject(value) ?? {}).map(([id, object]) => ({ id, object }));

const startTrack = (
  id: string | undefined,
  object: JsonObject,
  annotations: JsonObject,
): Track => ({
  id,
  name: asText(object.name),
  value: asText(object.value),
  schemaId: asId(object.feature_schema_id),
  kind: 'video-track',
  keyframes: [],
  segments: id === undefined ? undefined : segmentsOf(id, asObject(annotations.segments)),
  classifications: [],
});

function toKeyframe(
  object: unknown,
  frame: number | undefined,
  group: string | undefined,
): Keyframe {
  if (!isObject(object)) return { frame, group, native: object };
  const classifications = toClassifications(object.classifications);
  return {
    frame,
    group,
    classifications: classifications?.length ? classifications : undefined,
    ...shapeOf(object),
  };
}

/** What can stand on a frame; anything else is passed on as it came. */
function shapeOf(object: JsonObject): Partial<Keyframe> {
  const { kind, ...shape } = geometry(object);
  const canMove = ['bbox', 'polygon', 'polyline', 'point', 'mask', 'other'].includes(kind);
  return canMove ? shape : { native: object };
}

/** The stretches of frames on which a feature is there; a DICOM series keys them by group first. */
function segmentsOf(id: string, segments: JsonObject | undefined): [number, number][] | undefined {
  const lists = [segments, ...Object.values(segments ?? {}).map(asObject)].map((holder) =>
    asList(holder?.[id]),
  );
  const found = lists.filter((list) => list !== undefined).flat();
  const pairs = found.map((pair) => asList(pair)?.map(asNumber));
  const isPair = (pair: (number | undefined)[] | undefined): pair is [number, number] =>
    pair?.length === 2 && pair.every((end) => end !== undefined);
  return found.length > 0 ? pairs.filter(isPair) : undefined;
}
