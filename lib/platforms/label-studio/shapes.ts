import { asList, asNumber, asObject, type JsonObject } from '../../json/read';
import type { Geometry } from '../geometry';
import { opened } from '../polygon';

export type Xy = [number, number];

/** The factors from coordinates to pixels. If the size of the image is unknown, coordinates keep their unit. */
export interface Scale {
  readonly x: number;
  readonly y: number;
  readonly unit?: 'percent' | 'page';
}

export function toScale({ original_width, original_height, value }: JsonObject): Scale {
  const width = asCoordinate(original_width) ?? 0;
  const height = asCoordinate(original_height) ?? 0;
  const isPart = isPartOfPage(asObject(value) ?? {});
  const whole = isPart ? 1 : 100;
  return width > 0 && height > 0
    ? { x: width / whole, y: height / whole }
    : { x: 1, y: 1, unit: isPart ? 'page' : 'percent' };
}

/**
 * On a page of a document, coordinates go from 0 to 1 instead of 100.
 *
 * @see https://labelstud.io/tags/pdf
 */
const isPartOfPage = ({ pageIndex, x, y, width, height }: JsonObject): boolean =>
  asNumber(pageIndex) !== undefined &&
  [x, y, width, height].every((part) => (asNumber(part) ?? 2) <= 1);

/** A number that stays finite when it is multiplied: JSON allows larger ones. */
export function asCoordinate(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Math.abs(number) < 1e12 ? number : undefined;
}

/** All numbers, or undefined if one of them is no number. */
function coordinates<Values extends unknown[]>(
  values: [...Values],
): { [Index in keyof Values]: number } | undefined {
  const numbers = values.map(asCoordinate);
  return numbers.includes(undefined) ? undefined : (numbers as { [Index in keyof Values]: number });
}

/**
 * A rectangle, rotated clockwise about its stored corner. The rotation is computed in pixels: in percent of an image
 * that is not square, the corners would not be right angles.
 */
export function toBbox(value: JsonObject, scale: Scale) {
  const { x, y, width, height } = value;
  const numbers = coordinates([x, y, width, height, value.rotation ?? 0]);
  if (!numbers) return undefined;
  const [left, top, across, down, rotation] = numbers;
  const bbox: Box = [left * scale.x, top * scale.y, across * scale.x, down * scale.y];
  const stored = { kind: 'bbox' as const, bbox, unit: scale.unit };
  if (rotation === 0) return stored;
  if (scale.unit) return { ...stored, rotation };
  const corners = turned(bbox, rotation);
  return { ...stored, bbox: boxAround(corners), rotation, corners };
}

type Box = [number, number, number, number];
type Corners = [Xy, Xy, Xy, Xy];

/** The corners from the stored one along the width, clockwise. */
function turned([x, y, width, height]: Box, degrees: number): Corners {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const along: Xy = [width * cos, width * sin];
  const down: Xy = [-height * sin, height * cos];
  return [
    [x, y],
    [x + along[0], y + along[1]],
    [x + along[0] + down[0], y + along[1] + down[1]],
    [x + down[0], y + down[1]],
  ];
}

function boxAround(corners: Corners): Box {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

/** The stored point of an ellipse is its centre. */
export function toEllipse(value: JsonObject, scale: Scale): Geometry | undefined {
  const { x, y, radiusX, radiusY } = value;
  const numbers = coordinates([x, y, radiusX, radiusY, value.rotation ?? 0]);
  if (!numbers) return undefined;
  const [centerX, centerY, across, down, rotation] = numbers;
  return {
    kind: 'ellipse',
    center: scaled(centerX, centerY, scale),
    radii: scaled(across, down, scale),
    rotation,
    unit: scale.unit,
  };
}

export function toPolygon(value: JsonObject, scale: Scale): Geometry | undefined {
  const points = asList(value.points)?.map((point) => {
    const [x, y, ...rest] = (asList(point) ?? []).map(asCoordinate);
    const isPoint = x !== undefined && y !== undefined && rest.length === 0;
    return isPoint ? scaled(x, y, scale) : undefined;
  });
  if (!points?.every((point) => point !== undefined)) return undefined;
  return value.closed === false
    ? { kind: 'polyline', points, unit: scale.unit }
    : { kind: 'polygon', points: opened(points), unit: scale.unit };
}

export function toPoint(value: JsonObject, scale: Scale): Geometry | undefined {
  const x = asCoordinate(value.x);
  const y = asCoordinate(value.y);
  if (x === undefined || y === undefined) return undefined;
  return { kind: 'point', point: scaled(x, y, scale), unit: scale.unit };
}

export const scaled = (x: number, y: number, scale: Scale): Xy => [x * scale.x, y * scale.y];
