import type { Geometry } from '../../events/schemas/annotation';
import type { JsonObject } from '../read';
import { toPoint, toPoints, toPolygon } from './pixels';

/** What is drawn on an image point by point: v1 and v2 name and write it alike. */
export function drawn(object: JsonObject): Geometry | undefined {
  const polygon = toPolygon(object.polygon);
  if (polygon) return { kind: 'polygon', points: polygon };
  const line = toPoints(object.line);
  if (line) return { kind: 'polyline', points: line };
  const point = toPoint(object.point);
  return point && { kind: 'point', point };
}
