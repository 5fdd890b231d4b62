import { type Box, boxAround, type Point } from '../../lib/events/box-around';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './read';
import { boxAroundAll, pathOf, type Shape } from './shape';

/** Maps degrees to a plane whose y axis points down. */
export interface Plane {
  /** The longitude and latitude of the upper left corner. */
  readonly origin: Point;
  /** Units of the plane for each degree. */
  readonly scale: number;
}

/** The width of the plane: coordinates near zero keep their digits in a drawing. */
const PLANE = 1000;
const MARGIN = 0.1;
const SMALLEST_DEGREES = 0.001;
const DEEPEST = 20;

/** A part of a GeoJSON geometry: rings of an area, one line, or one point. */
interface Part {
  readonly rings: readonly (readonly Point[])[];
  readonly isArea: boolean;
}

/** The parts of a geometry in degrees. A value that is no GeoJSON has none. */
function partsOf(geometry: Fields, depth = 0): Part[] {
  const { coordinates } = geometry;
  if (depth > DEEPEST) return [];
  const line = (value: unknown): Point[] => listOf(value).flatMap((each) => pointsOf(each));
  const area = (value: unknown): Part => ({ rings: listOf(value).map(line), isArea: true });
  const open = (value: unknown): Part => ({ rings: [line(value)], isArea: false });
  const parts = ((): Part[] => {
    switch (textOf(geometry.type)) {
      case 'Point':
        return [open([coordinates])];
      case 'MultiPoint':
        return listOf(coordinates).map((point) => open([point]));
      case 'LineString':
        return [open(coordinates)];
      case 'MultiLineString':
        return listOf(coordinates).map(open);
      case 'Polygon':
        return [area(coordinates)];
      case 'MultiPolygon':
        return listOf(coordinates).map(area);
      default:
        return listOf(geometry.geometries).flatMap((each) => partsOf(fieldsOf(each), depth + 1));
    }
  })();
  return parts.filter(({ rings }) => rings.some((ring) => ring.length > 0));
}

function pointsOf(value: unknown): Point[] {
  const [longitude, latitude] = listOf(value).map(numberOf);
  return longitude === undefined || latitude === undefined ? [] : [[longitude, latitude]];
}

/** The plane on which all of the geometries fit; undefined if none of them can be drawn. */
export function planeOf(
  geometries: readonly Fields[],
): (Plane & { readonly box: Box }) | undefined {
  const boxes = geometries
    .flatMap((geometry) => partsOf(geometry))
    .map(({ rings }) => boxAround(rings.flat()));
  const around = boxAroundAll(boxes);
  if (!around) return undefined;
  const [west, south, width, height] = around;
  const margin = MARGIN * Math.max(width, height, SMALLEST_DEGREES);
  const scale = PLANE / (width + 2 * margin);
  return {
    origin: [west - margin, south + height + margin],
    scale,
    box: [0, 0, PLANE, (height + 2 * margin) * scale],
  };
}

/** The shape of a GeoJSON geometry. Inner rings of areas are holes. */
export function geoShape(geometry: Fields, { origin, scale }: Plane): Shape | undefined {
  const place = ([longitude, latitude]: Point): Point => [
    (longitude - origin[0]) * scale,
    (origin[1] - latitude) * scale,
  ];
  const shapes = partsOf(geometry).map(({ rings, isArea }) => {
    const placed = rings.filter((ring) => ring.length > 0).map((ring) => ring.map(place));
    return {
      path: placed.map((ring) => pathOf(ring, isArea)).join(''),
      box: boxAround(placed.flat()),
      isArea,
    };
  });
  const box = boxAroundAll(shapes.map((shape) => shape.box));
  return (
    box && {
      path: shapes.map(({ path }) => path).join(''),
      box,
      isArea: shapes.some(({ isArea }) => isArea),
    }
  );
}

export interface GridLine {
  readonly degrees: number;
  /** The place on the plane: x of a longitude, y of a latitude. */
  readonly at: number;
}

/** About five meridians and as many parallels. */
export function gridOf({ origin, scale, box }: Plane & { readonly box: Box }): {
  readonly longitudes: GridLine[];
  readonly latitudes: GridLine[];
} {
  const [, , width, height] = box;
  const step = niceStep(Math.max(width, height) / scale / 5);
  return {
    longitudes: multiples(origin[0], origin[0] + width / scale, step).map((degrees) => ({
      degrees,
      at: (degrees - origin[0]) * scale,
    })),
    latitudes: multiples(origin[1] - height / scale, origin[1], step).map((degrees) => ({
      degrees,
      at: (origin[1] - degrees) * scale,
    })),
  };
}

/** The next of 1, 2, 5, 10, … above a number. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((each) => each * power >= least * 0.999999) ?? 10;
  return step * power;
}

/** The multiples of a step in a range, without errors of rounding in their last digits. */
export function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.min(Math.floor(to / step + 1e-9) - first + 1, 100);
  return Array.from({ length: Math.max(count, 0) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
