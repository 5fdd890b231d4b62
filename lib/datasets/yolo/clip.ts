import type { Point } from '../../events/box-around';
import type { Size } from '../format';

/**
 * A polygon without what is outside of the picture, by Sutherland and Hodgman: one side of the picture
 * after the other.
 *
 * @returns no points where nothing is left
 */
export function clip(points: readonly Point[], [width, height]: Size): Point[] {
  let left = [...points];
  left = clipSide(left, ([x]) => x, 0, 1);
  left = clipSide(left, ([x]) => x, width, -1);
  left = clipSide(left, ([, y]) => y, 0, 1);
  return clipSide(left, ([, y]) => y, height, -1);
}

/** Points that are outside by less are on the side, in pixels: percents are rounded when they become pixels. */
const ROUNDING = 1e-9;

/** @param inward 1 where larger coordinates are inside, -1 where smaller ones are */
function clipSide(
  points: readonly Point[],
  coordinate: (point: Point) => number,
  side: number,
  inward: 1 | -1,
): Point[] {
  const depth = (point: Point): number => {
    const exact = (coordinate(point) - side) * inward;
    return Math.abs(exact) < ROUNDING ? 0 : exact;
  };
  return points.flatMap((point, index): Point[] => {
    const before = points.at(index - 1) ?? point;
    const [from, to] = [depth(before), depth(point)];
    if (from < 0 === to < 0) return to < 0 ? [] : [point];
    const share = from / (from - to);
    const crossing: Point = [
      before[0] + share * (point[0] - before[0]),
      before[1] + share * (point[1] - before[1]),
    ];
    return to < 0 ? [crossing] : [crossing, point];
  });
}
