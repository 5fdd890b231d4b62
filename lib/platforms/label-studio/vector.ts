import { leftOf } from '../../json/left-of';
import { asList, asObject, type JsonObject } from '../../json/read';
import type { Geometry } from '../geometry';
import { opened } from '../polygon';
import { asCoordinate, type Scale, scaled, type Xy } from './shapes';

/** Reads a path of straight lines. A path with curves, branches or several pieces is no polygon or polyline. */
export function toVector(value: JsonObject, scale: Scale): Geometry | undefined {
  const vertices = verticesOf(value);
  const points: Xy[] = [];
  let previous: unknown;
  for (const vertex of vertices) {
    const x = asCoordinate(vertex.x);
    const y = asCoordinate(vertex.y);
    // A vertex without a predecessor (null) begins another piece.
    const { prevPointId = previous } = vertex;
    const follows = points.length === 0 || prevPointId === previous;
    if (x === undefined || y === undefined || vertex.isBezier === true || !follows)
      return undefined;
    points.push(scaled(x, y, scale));
    previous = vertex.id;
  }
  if (points.length === 0) return undefined;
  return value.closed === true
    ? { kind: 'polygon', points: opened(points), unit: scale.unit }
    : { kind: 'polyline', points, unit: scale.unit };
}

const SAID: ReadonlySet<string> = new Set(['id', 'x', 'y', 'prevPointId', 'isBezier']);

/** The members of a value that a path contains completely: vertices only if they have nothing but coordinates. */
export const vectorMembers = (value: JsonObject): string[] =>
  verticesOf(value).some((vertex) => leftOf(vertex, (name) => SAID.has(name))) ? [] : ['vertices'];

/** The ids of vertices, in order. Key frames with the same ids move point by point. */
export const vertexIds = (value: JsonObject): string =>
  JSON.stringify(verticesOf(value).map(({ id }) => id ?? null));

const verticesOf = (value: JsonObject): JsonObject[] =>
  asList(value.vertices)?.map((vertex) => asObject(vertex) ?? {}) ?? [];
