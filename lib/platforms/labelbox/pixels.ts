import { asList, asNumber, asObject, isObject } from '../../json/read';
import { opened } from '../polygon';

export type Xy = [number, number];
export type Box = [number, number, number, number];

export const BOX = { left: asNumber, top: asNumber, width: asNumber, height: asNumber } as const;
export const XY = { x: asNumber, y: asNumber } as const;

/** `{top, left, height, width}` as `[x, y, width, height]`. */
export function toBox(value: unknown): Box | undefined {
  if (!isObject(value)) return undefined;
  const x = asNumber(value.left);
  const y = asNumber(value.top);
  const width = asNumber(value.width);
  const height = asNumber(value.height);
  if (x === undefined || y === undefined || width === undefined || height === undefined) return;
  return [x, y, width, height];
}

/** `{x, y}` as `[x, y]`. */
export function toPoint(value: unknown): Xy | undefined {
  if (!isObject(value)) return undefined;
  const x = asNumber(value.x);
  const y = asNumber(value.y);
  return x === undefined || y === undefined ? undefined : [x, y];
}

export function toPoints(value: unknown): Xy[] | undefined {
  const points = asList(value)?.map(toPoint);
  return points?.length && points.every((point) => point !== undefined) ? points : undefined;
}

export function toPolygon(value: unknown): Xy[] | undefined {
  const points = toPoints(value);
  return points && opened(points);
}

export const SPAN = { start: asNumber, end: asNumber } as const;

/** A range of text. Labelbox's end is the last character, so the exclusive end is one higher. */
export function toSpan(value: unknown): { start?: number; end?: number } | undefined {
  const start = asNumber(asObject(value)?.start);
  const last = asNumber(asObject(value)?.end);
  if (start === undefined && last === undefined) return undefined;
  return { start, end: last === undefined ? undefined : last + 1 };
}
