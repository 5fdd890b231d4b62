import { opened } from '../polygon';
import { asList, asNumber, isObject } from '../read';

export type Xy = [number, number];
export type Box = [number, number, number, number];

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
  if (!points?.length || points.includes(undefined)) return undefined;
  return points as Xy[];
}

export function toPolygon(value: unknown): Xy[] | undefined {
  const points = toPoints(value);
  return points && opened(points);
}
