import { type Box, boxAround, type Point } from '../../lib/events/box-around';
import { type Fields, listOf, numberOf, numbersOf, textOf } from './read';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A geometry that can be drawn. */
export interface Shape {
  /** The outline as data of an SVG path. */
  readonly path: string;
  /** The upright box around it. */
  readonly box: Box;
  /** Whether it encloses an area. */
  readonly isArea: boolean;
}

/** A stored box: `x` and `y` are the corner about which it is rotated, in degrees clockwise. */
export type StoredBox = readonly [
  x: number,
  y: number,
  width: number,
  height: number,
  rotation: number,
];

/**
 * The shape of a geometry in pixels of its picture.
 *
 * @param size the size of the picture, if it is known. Without it, coordinates in another unit than pixels stay in
 * that unit
 * @returns undefined if the geometry is no shape, or has coordinates that are no numbers
 */
export function shapeOf(geometry: Fields, size?: Size): Shape | undefined {
  const scale = scaleOf(textOf(geometry.unit), size);
  switch (geometry.kind) {
    case 'bbox':
    case 'document-box':
      return boxShape(geometry, scale);
    case 'polygon':
      return pathShape(pointsOf(geometry.points, scale), true);
    case 'polyline':
      return pathShape(pointsOf(geometry.points, scale), false);
    case 'point':
      return pathShape(pointsOf([geometry.point], scale), false);
    case 'ellipse':
      return ellipseShape(geometry, scale);
    default:
      return undefined;
  }
}

/** The factors from the coordinates of a unit to pixels. */
export function scaleOf(unit: string | undefined, size: Size | undefined): Point {
  const whole = WHOLE[unit ?? ''];
  return whole && size ? [size.width / whole, size.height / whole] : [1, 1];
}

/** The coordinate of the right and lower edge of a picture, in units that are relative to its size. */
export const WHOLE: Readonly<Record<string, number>> = { percent: 100, page: 1 };

function boxShape(geometry: Fields, scale: Point): Shape | undefined {
  const corners = pointsOf(geometry.corners, scale);
  if (corners?.length === 4) return pathShape(corners, true);
  const stored = storedBox(geometry);
  if (!stored) return undefined;
  const [x, y, width, height, rotation] = stored;
  return pathShape(
    turned([x * scale[0], y * scale[1], width * scale[0], height * scale[1], rotation]),
    true,
  );
}

/** The box before its rotation. */
export function storedBox(geometry: Fields): StoredBox | undefined {
  const box = numbersOf(geometry.bbox, 4) as [number, number, number, number] | undefined;
  if (!box) return undefined;
  const rotation = numberOf(geometry.rotation) ?? 0;
  const corners = pointsOf(geometry.corners, [1, 1]);
  if (corners?.length !== 4) return [...box, rotation];
  const [first, second, , last] = corners as [Point, Point, Point, Point];
  return [...first, distance(first, second), distance(first, last), rotation];
}

const distance = ([x, y]: Point, [toX, toY]: Point): number => Math.hypot(toX - x, toY - y);

/** The corners of a box: the stored one, then along the width, clockwise. */
export function turned([x, y, width, height, rotation]: StoredBox): Point[] {
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = rotation === 0 ? [1, 0] : [Math.cos(angle), Math.sin(angle)];
  return [
    [x, y],
    [x + width * cos, y + width * sin],
    [x + width * cos - height * sin, y + width * sin + height * cos],
    [x - height * sin, y + height * cos],
  ];
}

function pointsOf(value: unknown, [across, down]: Point): Point[] | undefined {
  const points = listOf(value).map((point) => numbersOf(point, 2));
  if (points.length === 0 || points.includes(undefined)) return undefined;
  return (points as [number, number][]).map(([x, y]) => [x * across, y * down]);
}

/** A closed or open path through points. A single point is a line of no length, which is drawn as a dot. */
export function pathShape(
  points: readonly Point[] | undefined,
  isArea: boolean,
): Shape | undefined {
  if (!points) return undefined;
  return { path: pathOf(points, isArea), box: boxAround(points), isArea: isArea };
}

export const pathOf = (points: readonly Point[], isClosed: boolean): string =>
  `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}${isClosed ? 'Z' : points.length === 1 ? 'h0' : ''}`;

/** The digits that a picture needs. */
export const short = (value: number): number => Number(value.toPrecision(9));

/** The upright box around boxes; undefined if there are none. */
export function boxAroundAll(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const [left, top] = [0, 1].map((axis) =>
    boxes.reduce((least, box) => Math.min(least, box[axis as 0 | 1]), Infinity),
  ) as [number, number];
  const right = boxes.reduce((most, [x, , width]) => Math.max(most, x + width), -Infinity);
  const bottom = boxes.reduce((most, [, y, , height]) => Math.max(most, y + height), -Infinity);
  return [left, top, right - left, bottom - top];
}

function ellipseShape(geometry: Fields, [across, down]: Point): Shape | undefined {
  const center = numbersOf(geometry.center, 2);
  const radii = numbersOf(geometry.radii, 2);
  if (!center || !radii) return undefined;
  const [x, y] = [(center[0] ?? 0) * across, (center[1] ?? 0) * down];
  const [rx, ry] = [Math.abs((radii[0] ?? 0) * across), Math.abs((radii[1] ?? 0) * down)];
  const rotation = numberOf(geometry.rotation) ?? 0;
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [halfWidth, halfHeight] = [Math.hypot(rx * cos, ry * sin), Math.hypot(rx * sin, ry * cos)];
  const arc = (toX: number, toY: number): string =>
    `A${short(rx)} ${short(ry)} ${short(rotation)} 0 1 ${short(toX)} ${short(toY)}`;
  const [dx, dy] = [rx * cos, rx * sin];
  return {
    path: `M${short(x - dx)} ${short(y - dy)}${arc(x + dx, y + dy)}${arc(x - dx, y - dy)}Z`,
    box: [x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight],
    isArea: true,
  };
}
