import type { Annotation } from '../../events/schemas/annotation';
import { asList, asNumber, asObject, asText, isObject, type JsonObject } from '../read';

type Xy = [number, number];
type Box = [number, number, number, number];

/** What makes an annotation of one kind rather than another. */
type Geometry = Annotation extends infer Kind
  ? Kind extends Annotation
    ? Omit<Kind, 'classifications'>
    : never
  : never;

/**
 * The geometry of an object in a v1 label, told by the members it has.
 * An object whose geometry is not understood is passed on as it came.
 */
export function geometry(object: JsonObject): Geometry {
  return (
    boxed(object) ??
    drawn(object) ??
    located(asObject(object.data)) ??
    mapped(object) ??
    masked(object) ?? { kind: 'other', native: object }
  );
}

/** A box on an image, or on a page of a document. */
function boxed(object: JsonObject): Geometry | undefined {
  const bbox = toBox(object.bbox);
  if (!bbox) return undefined;
  const page = asNumber(object.page);
  const unit = asText(object.unit);
  return page === undefined
    ? { kind: 'bbox', bbox, unit }
    : { kind: 'document-box', page, bbox, unit };
}

function drawn(object: JsonObject): Geometry | undefined {
  const polygon = toPoints(object.polygon);
  if (polygon) return { kind: 'polygon', points: opened(polygon) };
  const line = toPoints(object.line);
  if (line) return { kind: 'polyline', points: line };
  const point = toPoint(object.point);
  return point && { kind: 'point', point };
}

/** A stretch of text, or the boxes around a stretch of text on the pages of a document. */
function located(data: JsonObject | undefined): Geometry | undefined {
  const boxes = asList(data?.location)?.map(toPageBox);
  if (boxes?.length && boxes.every((box) => box !== undefined)) {
    return { kind: 'document-box', boxes, unit: asText(data?.unit) };
  }
  const location = asObject(data?.location);
  const start = asNumber(location?.start);
  const end = asNumber(location?.end);
  if (start === undefined && end === undefined) return undefined;
  return { kind: 'text-span', start, end };
}

const GEOJSON_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['point', 'Point'],
  ['polyline', 'LineString'],
  ['polygon', 'Polygon'],
  ['rectangle', 'Polygon'],
]);

/** A shape on a map; its coordinates are those of GeoJSON already. */
function mapped(object: JsonObject): Geometry | undefined {
  const type = GEOJSON_TYPES.get(object.type);
  const coordinates = asList(asObject(object.geometry)?.coordinates);
  if (!type || !coordinates) return undefined;
  return { kind: 'geo', geometry: { type, coordinates: [...coordinates] } };
}

/** Every object on an image has an `instanceURI`: it is a mask when it has nothing else. */
function masked(object: JsonObject): Geometry | undefined {
  const uri = asText(object.instanceURI);
  const hasOther = ['bbox', 'polygon', 'line', 'point', 'data', 'geometry'].some(
    (member) => object[member] !== undefined && object[member] !== null,
  );
  return uri && !hasOther ? { kind: 'mask', uri } : undefined;
}

function toBox(value: unknown): Box | undefined {
  if (!isObject(value)) return undefined;
  const box = [value.left, value.top, value.width, value.height].map(asNumber);
  return box.every((number) => number !== undefined) ? (box as Box) : undefined;
}

function toPageBox(value: unknown): { page?: number; bbox: Box } | undefined {
  const textBox = asObject(asObject(value)?.['text-bbox']);
  const bbox = toBox(textBox);
  return bbox && { page: asNumber(textBox?.page), bbox };
}

function toPoint(value: unknown): Xy | undefined {
  if (!isObject(value)) return undefined;
  const x = asNumber(value.x);
  const y = asNumber(value.y);
  return x === undefined || y === undefined ? undefined : [x, y];
}

function toPoints(value: unknown): Xy[] | undefined {
  const points = asList(value)?.map(toPoint);
  return points?.every((point) => point !== undefined) ? (points as Xy[]) : undefined;
}

/** A polygon is not closed by repeating its first point. */
function opened(points: Xy[]): Xy[] {
  const [first, last] = [points[0], points.at(-1)];
  const closed = points.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return closed ? points.slice(0, -1) : points;
}
