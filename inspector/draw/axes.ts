import { type Color, colorOf } from './color';
import type { Content } from './content';
import { multiples, niceStep } from './geo';
import type { Item } from './items';
import { type Fields, fieldsOf, listOf, numberOf, numbersOf, sizeOf, textOf } from './read';
import { clip, num } from './words';

/** A time axis, with a lane for each annotation or answer that has times. */
export interface Axis {
  /** `s`, `ms`, `frame`, `date`, or as the platform names it. */
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
}

export interface Lane {
  readonly item?: Item;
  readonly name: string;
  readonly color: Color;
  /** `[start, end]`; the end of frames is the first frame after the span. */
  readonly spans: readonly Range[];
  readonly keyframes: readonly number[];
}

export type Range = readonly [number, number];

/** @param answers the answers about the whole data row */
export function axesOf(
  items: readonly Item[],
  answers: readonly Fields[],
  content: Content,
): Axis[] {
  const lanes = [
    ...items.flatMap(laneOf),
    ...items.flatMap(({ annotation }) =>
      listOf(annotation.classifications).map(fieldsOf).flatMap(answerLane),
    ),
    ...answers.flatMap(answerLane),
  ];
  const units = [...new Set(lanes.map(({ unit }) => unit))];
  return units.map((unit) => {
    const own = lanes.filter((lane) => lane.unit === unit);
    const [from, to] = rangeOf(unit, own, content);
    return { unit, from, to, lanes: own };
  });
}

type LaneOfUnit = Lane & { readonly unit: string };

function laneOf(item: Item): LaneOfUnit[] {
  const { annotation, name, color } = item;
  if (annotation.kind === 'time-span') {
    const unit = textOf(annotation.unit) ?? '';
    const ranges = Array.isArray(annotation.ranges)
      ? annotation.ranges.map(listOf)
      : [[annotation.start, annotation.end]];
    const areDates = ranges.some((range) => range.some(isDate));
    const spans = ranges.flatMap(([from, to]) => toRange(from, to ?? from, unit));
    if (spans.length === 0) return [];
    return [{ item, name, color, spans, keyframes: [], unit: areDates ? 'date' : unit }];
  }
  if (annotation.kind !== 'video-track') return [];
  const keyframes = listOf(annotation.keyframes).flatMap(
    (keyframe) => numberOf(fieldsOf(keyframe).frame) ?? [],
  );
  const segments = listOf(annotation.segments).flatMap((segment) => {
    const [from, to] = numbersOf(segment, 2) ?? [];
    return toRange(from, to, 'frame');
  });
  return [{ item, name, color, spans: segments, keyframes, unit: 'frame' }];
}

function answerLane(answer: Fields): LaneOfUnit[] {
  const unit = textOf(answer.unit) ?? 'frame';
  const frame = numberOf(answer.frame);
  const spans = listOf(answer.ranges).flatMap((range) => {
    const [from, to] = numbersOf(range, 2) ?? [];
    return toRange(from, to, unit);
  });
  if (spans.length === 0 && frame === undefined) return [];
  const name = textOf(answer.name) ?? 'answer';
  return [
    { name, color: colorOf(name), spans, keyframes: frame === undefined ? [] : [frame], unit },
  ];
}

/** A range in the order of time. Both ends of a range of frames are included. */
function toRange(start: unknown, end: unknown, unit: string): Range[] {
  const [from, to] = [positionOf(start), positionOf(end)];
  if (from === undefined || to === undefined) return [];
  return [[Math.min(from, to), Math.max(from, to) + (unit === 'frame' ? 1 : 0)]];
}

const isDate = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d/.test(value) && !Number.isNaN(Date.parse(value));

/** Seconds, frames and the like; a date is milliseconds since 1970. */
function positionOf(value: unknown): number | undefined {
  if (isDate(value)) return Date.parse(value as string);
  if (typeof value === 'number')
    return Number.isFinite(value) && Math.abs(value) < 1e15 ? value : undefined;
  const text = textOf(value)?.trim();
  return text && text.length < 40 ? positionOf(Number(text)) : undefined;
}

function rangeOf(unit: string, lanes: readonly Lane[], { media }: Content): Range {
  const all = lanes.flatMap(({ spans, keyframes }) => [...spans.flat(), ...keyframes]);
  const least = all.reduce((one, other) => Math.min(one, other), Infinity);
  const most = all.reduce((one, other) => Math.max(one, other), -Infinity);
  const length = lengthOf(unit, media);
  if (unit === '' || unit === 'date') return [least, most > least ? most : least + 1];
  return [Math.min(least, 0), Math.max(most, length ?? 0, 1)];
}

function lengthOf(unit: string, media: Fields): number | undefined {
  const duration = sizeOf(media.duration);
  if (unit === 's') return duration;
  if (unit === 'ms') return duration && duration * 1000;
  return unit === 'frame' ? sizeOf(media.frameCount) : undefined;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** About five ticks at round numbers. */
export function ticksOf({ from, to, unit }: Axis): Tick[] {
  const step = niceStep(Math.max((to - from) / 5, unit === 'frame' ? 1 : 1e-9));
  return multiples(from, to, step).map((at) => ({ at, label: momentText(at, unit) }));
}

/** A place on an axis, as text. */
export function momentText(at: number, unit: string): string {
  if (unit === 'date') return new Date(at).toISOString().replace(/(T00:00)?:00\.000Z$/, '');
  return unit === '' || unit === 'frame' ? num(at) : `${num(at)} ${clip(unit, 10)}`;
}

/** The place on an axis as a share of its length. */
export const shareOf = ({ from, to }: Axis, at: number): number =>
  Math.min(Math.max((at - from) / (to - from || 1), 0), 1);
