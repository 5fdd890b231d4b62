import type { Classification } from '../../../events/schemas/classification';
import { asList, asNumber, isObject, type JsonObject } from '../../../json/read';

type Ranges = NonNullable<Classification['ranges']>;

/** Where in a video, a sound or a series of images an answer stands. */
export interface Where {
  readonly frame?: number;
  /** Of a series of images, the group. */
  readonly group?: string;
  /** The stretches on which a feature is there, both ends included. */
  rangesOf(id: string | undefined, group?: string): Ranges | undefined;
  /** In what those count; undefined where nobody says. */
  readonly unit?: 'frame' | 'ms';
}

/** Of what does not move. */
export const NOWHERE: Where = { rangesOf: () => undefined };

/** What an answer says of where it stands. @param ids what its segments may be under: the first that is */
export function placeOf(
  ids: readonly (string | undefined)[],
  { frame, group, rangesOf, unit }: Where,
): Pick<Classification, 'frame' | 'group' | 'ranges' | 'unit'> {
  let ranges: Ranges | undefined;
  for (const id of ids) ranges ??= rangesOf(id, group);
  return { frame, group, ranges, unit: ranges && unit };
}

/** Reads `segments`: ranges by feature id, in a series of images by group first. */
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

/** From the first frame to the last. */
export const isRange = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every((end) => asNumber(end) !== undefined);

/** Whether it is nothing but ranges, by feature or by group and feature. */
export const isSegments = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  (isObject(value) &&
    Object.values(value).every((member) =>
      Array.isArray(member) ? member.every(isRange) : isSegments(member),
    ));
