import { asList, asNumber, isObject } from '../read';

export type Xy = [number, number];
export type Box = [number, number, number, number];

/** `{top, left, height, width}` as `[x, y, width, height]`. */
export function toBox(value: unknown): Box | undefined {
  if (!isObject(value)) return undefined;
  const box = [value.left, value.top, value.width, value.height].map(asNumber);
  return box.every((number) => number !== undefined) ? (box as Box) : undefined;
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

/** A polygon is not closed by repeating its first point: v2 does so, v1 does not. */
export function toPolygon(value: unknown): Xy[] | undefined {
  const points = toPoints(value);
  if (!points) return undefined;
  const [first, last] = [points[0], points.at(-1)];
  const closed = points.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return closed ? points.slice(0, -1) : points;
}
