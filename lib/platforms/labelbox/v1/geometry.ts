import type { Form, Members } from '../../../json/members';
import { asId, asList, asNumber, asObject, asText } from '../../../json/read';
import type { Geometry } from '../../geometry';
import { toGeoJson } from '../geojson';
import { BOX, type Box, SPAN, toBox, toSpan } from '../pixels';
import { isOtherKind, toPointShape } from '../point-shape';

/**
 * Reads the geometry of an object in a v1 label by its members. If no geometry is understood, the object is passed on
 * unchanged.
 */
export function geometry(members: Members): Geometry {
  return (
    boxed(members) ??
    toPointShape(members) ??
    members.takeWhole('data', LOCATED, located) ??
    mapped(members) ??
    masked(members) ?? { kind: 'other', native: members.object }
  );
}

/** A box on an image, or on a page of a document. */
function boxed(members: Members): Geometry | undefined {
  const bbox = members.takeWhole('bbox', BOX, toBox);
  if (!bbox) return undefined;
  const page = members.number('page');
  const unit = members.text('unit');
  return page === undefined
    ? { kind: 'bbox', bbox, unit }
    : { kind: 'document-box', page, bbox, unit };
}

const LOCATED: Form = {
  location: { ...SPAN, messageId: asId, 'text-bbox': { ...BOX, page: asNumber } },
  unit: asText,
};

/** A range of text, or the boxes around a range of text on the pages of a document. */
function located(value: unknown): Geometry | undefined {
  const data = asObject(value);
  const boxes = asList(data?.location)?.map(toPageBox);
  if (boxes?.length && boxes.every((box) => box !== undefined)) {
    return { kind: 'document-box', boxes, unit: asText(data?.unit) };
  }
  const span = toSpan(data?.location);
  const messageId = asId(asObject(data?.location)?.messageId);
  return span && { kind: 'text-span', ...span, messageId, unit: asText(data?.unit) };
}

const GEOJSON_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['point', 'Point'],
  ['polyline', 'LineString'],
  ['polygon', 'Polygon'],
  ['rectangle', 'Polygon'],
]);

/** A shape on a map, with coordinates as in GeoJSON. */
function mapped(members: Members): Geometry | undefined {
  const type = GEOJSON_TYPES.get(members.object.type);
  const shape = members.take('geometry', (value) => toGeoJson(value, type));
  if (!shape) return undefined;
  if (type) members.skip(['type']);
  return { kind: 'geo', geometry: shape };
}

/** Members of other geometries, also of ones that are not understood. */
const TELLING = ['bbox', 'polygon', 'line', 'point', 'data', 'geometry', 'type', 'format'] as const;

/** Every object on an image has an `instanceURI`. An object with no other geometry is a mask. */
function masked(members: Members): Geometry | undefined {
  const { object } = members;
  const isNamed = TELLING.some((name) => object[name] !== undefined && object[name] !== null);
  if (isNamed || members.hasHolders || isOtherKind(object.kind)) return undefined;
  const uri = members.text('instanceURI');
  return uri ? { kind: 'mask', uri } : undefined;
}

function toPageBox(value: unknown): { page?: number; bbox: Box } | undefined {
  const textBox = asObject(asObject(value)?.['text-bbox']);
  const bbox = toBox(textBox);
  return bbox && { page: asNumber(textBox?.page), bbox };
}
