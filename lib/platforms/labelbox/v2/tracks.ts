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
  const tracks = new Map<string, Track>();
  const classifications: Classification[] = [];

  const readFrames = (frames: JsonObject, group?: string): void => {
    for (const [key, value] of Object.entries(frames)) {
      const frame = Number(key);
      if (!Number.isFinite(frame)) continue;
      for (const [id, object] of objectsOf(asObject(value)?.objects)) {
        const track = tracks.get(id) ?? startTrack(id, object, annotations);
        tracks.set(id, track);
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

/** Objects by feature id; a frame gives them as a map or as a list. */
function objectsOf(value: unknown): [string, JsonObject][] {
  const entries: [string, unknown][] = asList(value)
    ? (asList(value) ?? []).map((object) => [asId(asObject(object)?.feature_id) ?? '', object])
    : Object.entries(asObject(value) ?? {});
  return entries.map(([id, object]) => [id, asObject(object) ?? {}]);
}

const startTrack = (id: string, object: JsonObject, annotations: JsonObject): Track => ({
  id: id || undefined,
  name: asText(object.name),
  value: asText(object.value),
  schemaId: asId(object.feature_schema_id),
  kind: 'video-track',
  keyframes: [],
  segments: segmentsOf(id, asObject(annotations.segments)),
  classifications: [],
});

function toKeyframe(object: JsonObject, frame: number, group: string | undefined): Keyframe {
  const { kind: _, ...shape } = geometry(object);
  const classifications = toClassifications(object.classifications);
  return {
    frame,
    group,
    classifications: classifications?.length ? classifications : undefined,
    ...shape,
  };
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
