import { asList, isObject, type JsonObject } from '../../../json/read';

/** Whether the platform interpolated a feature on a frame. */
export type IsInterpolated = (
  id: string | undefined,
  frame: number | undefined,
  group: string | undefined,
) => boolean;

/**
 * Reads `key_frame_feature_map`, which has the key frames of each feature, as a list or by `true` and `false`. In a
 * series of images, the group is under the feature, or the feature under the group.
 */
export function readKeyFrames(map: JsonObject | undefined): IsInterpolated {
  const sets = new Map<unknown, ReadonlySet<number>>();
  const framesOf = (list: readonly unknown[]): ReadonlySet<number> => {
    const known = sets.get(list) ?? new Set(list.map(Number));
    sets.set(list, known);
    return known;
  };
  return (id, frame, group) => {
    if (!map || id === undefined || frame === undefined) return false;
    const own = memberOf(map, id);
    const entry = memberOf(memberOf(map, group), id) ?? memberOf(own, group) ?? own;
    const list = asList(entry);
    return list ? !framesOf(list).has(frame) : memberOf(entry, String(frame)) === false;
  };
}

const memberOf = (value: unknown, name: string | undefined): unknown =>
  isObject(value) && name !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
