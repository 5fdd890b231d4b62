import type { Geometry } from '../../events/schemas/annotation';
import { leftOf } from '../../json/left-of';
import { asList, asObject, type JsonObject } from '../../json/read';
import { opened } from '../polygon';
import { asCoordinate, type Scale, scaled, type Xy } from './shapes';

/** A path of straight lines. One that bends, branches or has several pieces is no polygon or polyline. */
export function toVector(value: JsonObject, scale: Scale): Geometry | undefined {
  const vertices = verticesOf(value);
  const points: Xy[] = [];
  let previous: unknown;
  for (const vertex of vertices) {
    const x = asCoordinate(vertex.x);
    const y = asCoordinate(vertex.y);
    // One that names none, with null, begins another piece.
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

/** The members of a value of which a path says all: points stand for vertices that have nothing else. */
export const vectorMembers = (value: JsonObject): string[] =>
  verticesOf(value).some((vertex) => leftOf(vertex, (name) => SAID.has(name))) ? [] : ['vertices'];

/** What vertices are called, in order: key frames that share it move point by point. */
export const vertexIds = (value: JsonObject): string =>
  JSON.stringify(verticesOf(value).map(({ id }) => id ?? null));

const verticesOf = (value: JsonObject): JsonObject[] =>
  asList(value.vertices)?.map((vertex) => asObject(vertex) ?? {}) ?? [];
