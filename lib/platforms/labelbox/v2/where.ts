import type { Classification } from '../../../events/types';
import { asList, asNumber, isObject, type JsonObject } from '../../../json/read';

type Ranges = NonNullable<Classification['ranges']>;

/** The position of an answer in a video, a sound or a series of images. */
export interface Where {
  readonly frame?: number;
  /** The group in a series of images. */
  readonly group?: string;
  /** The ranges of a feature, both ends included. */
  rangesOf(id: string | undefined, group?: string): Ranges | undefined;
  /** The unit of the ranges; undefined if it is unknown. */
  readonly unit?: 'frame' | 'ms';
}

/** The position in media without frames or time. */
export const NOWHERE: Where = { rangesOf: () => undefined };

/** The same on one frame, or in one group. No spread: V8 would take long for each of many frames. */
export const at = (
  { rangesOf, unit }: Where,
  { frame, group }: Pick<Where, 'frame' | 'group'>,
): Where => ({ frame, group, rangesOf, unit });

/** The position of an answer. @param ids the possible ids of its segments; the first one with segments counts */
export function placeOf(
  ids: readonly (string | undefined)[],
  { frame, group, rangesOf, unit }: Where,
): Pick<Classification, 'frame' | 'group' | 'ranges' | 'unit'> {
  let ranges: Ranges | undefined;
  for (const id of ids) ranges ??= rangesOf(id, group);
  return { frame, group, ranges, unit: ranges && unit };
}

/** Reads `segments`: ranges by feature id, or by group and feature id in a series of images. */
export function toRanges(segments: JsonObject | undefined): Where['rangesOf'] {
  if (!segments) return NOWHERE.rangesOf;
  const holders = [segments, ...Object.values(segments).filter(isObject)];
  return (id, group) => {
    if (id === undefined) return undefined;
    const own = group === undefined ? undefined : segments[group];
    return rangesIn(id, isObject(own) ? [segments, own] : holders);
  };
}

function rangesIn(id: string, holders: readonly JsonObject[]): Ranges | undefined {
  const lists = holders.map((holder) =>
    Object.hasOwn(holder, id) ? asList(holder[id]) : undefined,
  );
  const found = lists.filter((list) => list !== undefined).flat();
  return found.length > 0 ? found.filter(isRange) : undefined;
}

/** Whether a value is a pair of the first and the last frame. */
export const isRange = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => asNumber(end) !== undefined);

/** Whether a value has only ranges, by feature or by group and feature. */
export const isSegments = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (isObject(value) &&
    Object.values(value).every((member) =>
      Array.isArray(member) ? member.every(isRange) : isSegments(member),
    ));
