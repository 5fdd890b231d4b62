import { type Fields, fieldsOf, listOf, numberOf, numbersOf } from './read';
import { storedBox, turned } from './shape';

/** The key frames of one object, in order. */
export interface Track {
  readonly keyframes: readonly Keyframe[];
  /** The first and the last frame of each segment, both included. Undefined if the platform has no segments. */
  readonly segments?: readonly Segment[];
}

export interface Keyframe {
  readonly frame: number;
  readonly geometry: Fields;
}

export type Segment = readonly [number, number];

/** An object on one frame. */
export interface Moment {
  readonly geometry: Fields;
  /** The key frames around it, if nobody drew this frame. */
  readonly between?: readonly [number, number | undefined];
}

/** @param group only the key frames of this group, such as a view of a DICOM volume */
export function trackOf(annotation: Fields, group?: unknown): Track {
  const keyframes = listOf(annotation.keyframes)
    .map((item) => fieldsOf(item))
    .filter((item) => item.group === group)
    .flatMap((geometry): Keyframe[] => {
      const frame = numberOf(geometry.frame);
      return frame === undefined
        ? []
        : [{ frame, geometry: { ...geometry, unit: geometry.unit ?? annotation.unit } }];
    })
    .sort((one, other) => one.frame - other.frame);
  return Array.isArray(annotation.segments)
    ? { keyframes, segments: segmentsOf(annotation.segments) }
    : { keyframes };
}

const segmentsOf = (value: unknown): Segment[] =>
  listOf(value).flatMap((segment) => {
    const [from, to] = numbersOf(segment, 2) ?? [];
    return from === undefined || to === undefined ? [] : [[from, to] as const];
  });

/**
 * The object on a frame. Between two key frames it moves in straight lines, but only where the event says that it is
 * there: in a segment, or after a key frame with `enabled`.
 *
 * @returns undefined if the event does not say where it is
 */
export function momentAt(track: Track, frame: number): Moment | undefined {
  const { keyframes, segments } = track;
  const next = keyframes[lastUpTo(keyframes, frame) + 1];
  const previous = keyframes[lastUpTo(keyframes, frame)];
  if (!previous) return undefined;
  if (previous.frame === frame) return { geometry: previous.geometry };
  const segment = segments?.find(([from, to]) => from <= frame && frame <= to);
  const isThere = segments
    ? segment !== undefined && previous.frame >= segment[0]
    : previous.geometry.enabled === true;
  if (!isThere) return undefined;
  const isNextPart = next !== undefined && (segment === undefined || next.frame <= segment[1]);
  if (!isNextPart) return { geometry: previous.geometry, between: [previous.frame, undefined] };
  const share = (frame - previous.frame) / (next.frame - previous.frame);
  return {
    geometry: mixed(previous.geometry, next.geometry, share),
    between: [previous.frame, next.frame],
  };
}

/** The index of the last key frame up to a frame, or -1. */
function lastUpTo(keyframes: readonly Keyframe[], frame: number): number {
  let [low, high] = [0, keyframes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keyframes[middle]?.frame ?? Infinity) <= frame) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A geometry on the way from one to another. If their points do not correspond, it is the first one. */
function mixed(from: Fields, to: Fields, share: number): Fields {
  const mix = (one: readonly number[], other: readonly number[]): number[] =>
    one.map((value, index) => value + ((other[index] ?? value) - value) * share);
  const { kind, unit } = from;
  if (kind !== to.kind) return from;
  if (kind === 'bbox') {
    const [one, other] = [storedBox(from), storedBox(to)];
    if (!one || !other) return from;
    const [x = 0, y = 0, width = 0, height = 0, rotation = 0] = mix(one, other);
    const bbox = [x, y, width, height];
    if (rotation === 0) return { kind, unit, bbox };
    return unit === undefined
      ? { kind, bbox, rotation, corners: turned([x, y, width, height, rotation]) }
      : { kind, unit, bbox, rotation };
  }
  const members = ['points', 'point', 'center', 'radii', 'rotation'].map((name) => [
    name,
    mixedNumbers(from[name], to[name], mix),
  ]);
  const isWhole = members.every(([, value]) => value !== null);
  return isWhole ? { ...from, ...Object.fromEntries(members), kind } : from;
}

/** @returns null if the values do not correspond */
function mixedNumbers(
  from: unknown,
  to: unknown,
  mix: (one: readonly number[], other: readonly number[]) => number[],
): unknown {
  if (typeof from === 'number' && typeof to === 'number') return mix([from], [to])[0];
  if (!Array.isArray(from) || !Array.isArray(to)) return from === to ? from : null;
  if (from.length !== to.length) return null;
  const parts = from.map((value, index) => mixedNumbers(value, to[index], mix));
  return parts.includes(null) ? null : parts;
}
