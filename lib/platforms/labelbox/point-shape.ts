import type { Members } from '../../json/members';
import { asText } from '../../json/read';
import type { Geometry } from '../geometry';
import { toPoint, toPoints, toPolygon, XY } from './pixels';

/** Reads a shape of points on an image, which has the same form in v1 and v2. */
export function toPointShape(members: Members): Geometry | undefined {
  const polygon = members.takeWhole('polygon', XY, toPolygon);
  if (polygon) return { kind: 'polygon', points: polygon };
  const line = members.takeWhole('line', XY, toPoints);
  if (line) return { kind: 'polyline', points: line };
  const point = members.takeWhole('point', XY, toPoint);
  return point && { kind: 'point', point };
}

/** Whether the platform names another kind than a mask. */
export function isOtherKind(kind: unknown): boolean {
  const name = asText(kind) ?? '';
  return name !== '' && !/mask|segmentation/i.test(name);
}
