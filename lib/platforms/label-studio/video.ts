import type { Geometry } from '../../events/schemas/annotation';
import { asBoolean, asList, asNumber, asObject, type JsonObject } from '../read';
import { toBbox, toScale } from './shapes';

/** The key frames of a box that moves; between them it moves in straight lines. */
export function toVideoTrack(value: JsonObject, result: JsonObject): Geometry | undefined {
  const scale = toScale(result);
  const keyframes = asList(value.sequence)?.map((item) => {
    const keyframe = asObject(item) ?? {};
    const frame = asNumber(keyframe.frame);
    const box = toBbox(keyframe, scale);
    if (frame === undefined || !box) return undefined;
    const { unit: _unit, ...shape } = box;
    return { frame, time: asNumber(keyframe.time), enabled: asBoolean(keyframe.enabled), ...shape };
  });
  if (!keyframes?.every((keyframe) => keyframe !== undefined)) return undefined;
  return { kind: 'video-track', keyframes, unit: scale.unit };
}
