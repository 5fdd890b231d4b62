export type Point = readonly [x: number, y: number];
/** Left, top, width and height, in any unit. */
export type Box = readonly [left: number, top: number, width: number, height: number];

/** The least upright box around some points. */
export function boxAround(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left, top, right - left, bottom - top];
}
