import { asList, asObject, asText, type JsonObject } from '../../json/read';

const TYPES: ReadonlySet<unknown> = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
]);

type GeoJson = JsonObject & { readonly type: string };

/**
 * Reads a GeoJSON geometry with all of its members.
 *
 * @param type the type, if the geometry does not contain it
 * @see https://www.rfc-editor.org/rfc/rfc7946#section-3.1
 */
export function toGeoJson(value: unknown, type?: string): GeoJson | undefined {
  const shape = asObject(value);
  const its = asText(shape?.type) ?? type;
  if (!shape || its === undefined) return undefined;
  const isKnown =
    its === 'GeometryCollection'
      ? asList(shape.geometries)
      : TYPES.has(its) && asList(shape.coordinates);
  if (!isKnown) return undefined;
  const { type: _, ...members } = shape;
  return { type: its, ...members };
}
