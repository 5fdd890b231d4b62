import type { Geometry } from '../../../events/schemas/annotation';
import { asList, asNumber, asObject, asText, type JsonObject } from '../../read';
import { drawn } from '../drawn';
import { type Box, toBox } from '../pixels';

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
  const shape = asObject(object.geometry);
  const type = GEOJSON_TYPES.get(object.type) ?? asText(shape?.type);
  const coordinates = asList(shape?.coordinates);
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

function toPageBox(value: unknown): { page?: number; bbox: Box } | undefined {
  const textBox = asObject(asObject(value)?.['text-bbox']);
  const bbox = toBox(textBox);
  return bbox && { page: asNumber(textBox?.page), bbox };
}
