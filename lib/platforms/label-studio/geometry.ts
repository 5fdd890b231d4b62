import type { Geometry } from '../../events/schemas/annotation';
import { asNumber, asObject, asText, type JsonObject } from '../read';
import { toMask } from './brush';
import type { Config } from './config';
import { type Scale, toBbox, toEllipse, toPoint, toPolygon, toScale, toVector } from './shapes';
import { toPathSpan, toSound, toTextSpan, toTimeline, toTimeSpan } from './spans';
import { toVideoTrack } from './video';

type Reader = (value: JsonObject, result: JsonObject, config: Config) => Geometry | undefined;

/** A shape on an image, whose size stands beside the value. */
const onImage =
  (read: (value: JsonObject, scale: Scale) => Geometry | undefined): Reader =>
  (value, result) =>
    read(value, toScale(result));

const bbox = onImage(toBbox);
const ellipse = onImage(toEllipse);
const polygon = onImage(toPolygon);
const point = onImage(toPoint);

/** By control tag, with its classes and without. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['rectangle', bbox],
  ['ellipse', ellipse],
  ['polygon', polygon],
  ['keypoint', point],
  ['vector', onImage(toVector)],
  ['brush', toMask],
  ['bitmask', (value) => ({ kind: 'mask', uri: asText(value.imageDataURL) })],
  ['hypertext', toPathSpan],
  ['paragraph', toPathSpan],
  ['timeseries', toTimeSpan],
  ['timeline', toTimeline],
  ['videorectangle', toVideoTrack],
  ['labels', labels],
]);

/**
 * What a result marks.
 *
 * @returns undefined for a control tag that is not known, or a value that does not fit it
 */
export function geometry(result: JsonObject, config: Config): Geometry | undefined {
  const value = asObject(result.value);
  const type = asText(result.type) ?? '';
  const read = READERS.get(type) ?? READERS.get(type.replace(/labels$/, ''));
  return value && read?.(value, result, config);
}

/** The tag for classes of whatever is marked: text, sound, or a region that another tag drew. */
function labels(value: JsonObject, result: JsonObject, config: Config): Geometry | undefined {
  const isSound =
    asNumber(value.channel) !== undefined ||
    result.original_length !== undefined ||
    config.isAudio(asText(result.to_name));
  if (isSound) return toSound(value);
  if (value.startOffset !== undefined) return toPathSpan(value);
  if (value.start !== undefined || value.end !== undefined) return toTextSpan(value);
  const drawn = [ellipse, bbox, polygon, toMask, point];
  for (const read of drawn) {
    const shape = read(value, result, config);
    if (shape) return shape;
  }
  return undefined;
}
