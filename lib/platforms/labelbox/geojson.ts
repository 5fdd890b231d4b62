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
 * @param givenType the type, if the geometry does not contain it
 * @see https://www.rfc-editor.org/rfc/rfc7946#section-3.1
 */
export function toGeoJson(value: unknown, givenType?: string): GeoJson | undefined {
  const shape = asObject(value);
  const type = asText(shape?.type) ?? givenType;
  if (!shape || type === undefined) return undefined;
  const isKnown =
    type === 'GeometryCollection'
      ? asList(shape.geometries)
      : TYPES.has(type) && asList(shape.coordinates);
  if (!isKnown) return undefined;
  const { type: _, ...members } = shape;
  return { type, ...members };
}
