import type { Keyframe } from '../../events/types';
import { leftOf } from '../../json/left-of';
import { asBoolean, asList, asNumber, asObject, type JsonObject } from '../../json/read';
import type { Geometry } from '../geometry';
import { type ReadShape, readShape } from './read-shape';
import { type Scale, toBbox, toScale } from './shapes';
import { toVector, vectorMembers, vertexIds } from './vector';

interface ShapeReader {
  /** @returns undefined if the value is no such shape */
  readonly read: (value: JsonObject, scale: Scale) => Geometry | undefined;
  /** The members of a key frame that the shape contains completely. */
  readonly members: (value: JsonObject) => readonly string[];
}

const BOX: ShapeReader = {
  read: toBbox,
  members: () => ['x', 'y', 'width', 'height', 'rotation'],
};
const PATH: ShapeReader = { read: toVector, members: vectorMembers };
/** For key frames whose vertices differ from the first one's: positions do not identify the vertices. */
const PATH_OF_ITS_OWN: ShapeReader = { read: toVector, members: () => [] };

/** The key frames of a moving box, between which it moves in straight lines. */
export const toBoxTrack = (value: JsonObject, result: JsonObject): ReadShape | undefined =>
  track(value, result, BOX);

/** The key frames of a moving path, between which its vertices move in straight lines. */
export function toVectorTrack(value: JsonObject, result: JsonObject): ReadShape | undefined {
  const ids = asList(value.sequence)?.map((item) => vertexIds(asObject(item) ?? {}));
  const path = new Set(ids).size > 1 ? PATH_OF_ITS_OWN : PATH;
  return track(value, result, path);
}

/** Key frames whose type does not determine their shape. */
export const toTrack = (value: JsonObject, result: JsonObject): ReadShape | undefined =>
  asList(value.sequence)?.some((item) => asObject(item)?.vertices !== undefined)
    ? toVectorTrack(value, result)
    : toBoxTrack(value, result);

function track(value: JsonObject, result: JsonObject, reader: ShapeReader): ReadShape | undefined {
  const scale = toScale(result);
  const items = asList(value.sequence)?.map(asObject);
  if (!items?.every((item) => item !== undefined)) return undefined;
  const keyframes = items.map((item) => toKeyframe(item, reader, scale));
  const lengths = ['framesCount', 'duration'].filter((name) => asNumber(value[name]) !== undefined);
  return readShape({ kind: 'video-track', keyframes, unit: scale.unit }, 'sequence', ...lengths);
}

function toKeyframe(item: JsonObject, { read, members }: ShapeReader, scale: Scale): Keyframe {
  const moment = {
    frame: asNumber(item.frame),
    time: asNumber(item.time),
    enabled: asBoolean(item.enabled),
  };
  const shape = read(item, scale);
  if (!shape) return { ...moment, kind: 'other', native: item };
  const { unit: _unit, ...place } = shape;
  const inShape = members(item);
  const isInKeyframe = (name: string, member: unknown): boolean =>
    inShape.includes(name) ||
    (name === 'closed' && typeof member === 'boolean') ||
    moment[name as keyof typeof moment] === member;
  return { ...moment, ...place, other: leftOf(item, isInKeyframe) } as Keyframe;
}
