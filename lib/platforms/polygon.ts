/** Removes a repeated first point at the end of a polygon, which platforms sometimes send. */
export function opened(points: [number, number][]): [number, number][] {
  const [first, last] = [points[0], points.at(-1)];
  const isClosed = points.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return isClosed ? points.slice(0, -1) : points;
}
