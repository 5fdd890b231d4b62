import { asList, asNumber, asObject, asText, type JsonObject } from '../../json/read';
import type { Geometry } from '../geometry';
import { isAnswer } from './answers';
import { toMask } from './brush';
import type { Config } from './config';
import { type ReadShape, readShape } from './read-shape';
import { type Scale, toBbox, toEllipse, toPoint, toPolygon, toScale } from './shapes';
import { toPathSpan, toSound, toTextSpan, toTimeline, toTimeSpan } from './spans';
import { toVector, vectorMembers } from './vector';
import { toBoxTrack, toTrack, toVectorTrack } from './video';

type Reader = (value: JsonObject, result: JsonObject, config: Config) => ReadShape | undefined;

/** Reads a shape on an image, whose size is beside the value. */
const onImage =
  (
    read: (value: JsonObject, scale: Scale) => Geometry | undefined,
    ...members: readonly string[]
  ): Reader =>
  (value, result) =>
    readShape(read(value, toScale(result)), ...members);

const bbox = onImage(toBbox, 'x', 'y', 'width', 'height', 'rotation');
const ellipse = onImage(toEllipse, 'x', 'y', 'radiusX', 'radiusY', 'rotation');
const polygon = onImage(toPolygon, 'points');
const point = onImage(toPoint, 'x', 'y');
const vector: Reader = (value, result) =>
  readShape(toVector(value, toScale(result)), ...vectorMembers(value));
const bitmask: Reader = ({ imageDataURL }) => {
  const uri = asText(imageDataURL);
  return uri === undefined ? undefined : readShape({ kind: 'mask', uri }, 'imageDataURL');
};

/** The readers by control tag, in the forms with classes and without. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['rectangle', bbox],
  ['ocr', bbox],
  ['ellipse', ellipse],
  ['polygon', polygon],
  ['keypoint', point],
  ['vector', vector],
  ['brush', toMask],
  ['magicwand', toMask],
  ['bitmask', bitmask],
  ['hypertext', toPathSpan],
  ['paragraph', toPathSpan],
  ['timeseries', toTimeSpan],
  ['timeline', toTimeline],
  ['videorectangle', toBoxTrack],
  ['videovector', toVectorTrack],
]);

/**
 * Reads the geometry of a result.
 *
 * @returns undefined if the control tag is unknown, or the value does not fit it
 */
export function geometry(result: JsonObject, config: Config): ReadShape | undefined {
  const value = asObject(result.value);
  if (!value) return undefined;
  const type = asText(result.type) ?? '';
  const read = READERS.get(type) ?? READERS.get(type.replace(/labels$/, ''));
  if (read) return read(value, result, config);
  if (type !== 'labels' && !isAnswer(result)) return undefined;
  // The text of a text area is an answer, not the marked text.
  const { text, ...place } = value;
  return placed(type === 'textarea' ? place : value, result, config);
}

/**
 * Whether a value contains a place in any known form. An answer repeats the place of its region.
 */
export function hasPlace(result: JsonObject): boolean {
  const value = asObject(result.value) ?? {};
  const { sequence, ranges, points, vertices, rle, imageDataURL, globalOffsets } = value;
  const { x, y, start, end, startOffset } = value;
  return (
    [sequence, ranges, points, vertices, rle].some((member) => asList(member) !== undefined) ||
    [imageDataURL, globalOffsets, start, end, startOffset].some(
      (member) => (member ?? undefined) !== undefined,
    ) ||
    (asNumber(x) !== undefined && asNumber(y) !== undefined)
  );
}

/** Reads a place by its members, if the type of the result does not determine its kind. */
function placed(value: JsonObject, result: JsonObject, config: Config): ReadShape | undefined {
  if (value.sequence !== undefined) return toTrack(value, result);
  if (value.ranges !== undefined) return toTimeline(value);
  if (value.startOffset !== undefined || value.globalOffsets !== undefined)
    return toPathSpan(value);
  if (value.start !== undefined || value.end !== undefined) return span(value, result, config);
  for (const read of [ellipse, bbox, polygon, vector, toMask, bitmask, point]) {
    const shape = read(value, result, config);
    if (shape) return shape;
  }
  return undefined;
}

/** Reads a range of sound, of a time series, or of text. */
function span(value: JsonObject, result: JsonObject, config: Config): ReadShape | undefined {
  const kind = config.kindOf(asText(result.to_name));
  const isSound =
    asNumber(value.channel) !== undefined ||
    (result.original_length ?? undefined) !== undefined ||
    /^audio(plus)?$/.test(kind ?? '');
  if (isSound) return toSound(value);
  // A video has no characters.
  const isTime = kind === 'timeseries' || kind === 'video' || value.instant !== undefined;
  if (isTime) return toTimeSpan(value);
  return toTextSpan(value) ?? toPathSpan(value);
}
