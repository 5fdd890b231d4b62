import type { Point } from '../../events/box-around';
import { pixelsOf } from '../rle';
import type { Shape } from '../shape';

/**
 * The area of a shape in pixels. A box has width times height, a rotated one before its rotation. A polygon
 * has it by the shoelace formula, and a mask has the number of its pixels.
 */
export function areaOf(shape: Shape): number {
  switch (shape.is) {
    case 'box':
      return shape.box[2] * shape.box[3];
    case 'rotated-box': {
      const [stored = [0, 0], along = stored, , down = stored] = shape.corners;
      return distance(stored, along) * distance(stored, down);
    }
    case 'polygon':
      return shoelace(shape.points);
    case 'mask':
      return pixelsOf(shape.rle);
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

function shoelace(points: readonly Point[]): number {
  let twice = 0;
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}
