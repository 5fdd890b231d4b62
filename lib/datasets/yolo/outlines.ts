import type { Box, Point } from '../../events/box-around';
import { boxOfMask, runsOf } from '../rle';
import type { Rle } from '../shape';

/** A piece of a mask: its outer edge, along the borders of its pixels. */
export interface Outlines {
  readonly pieces: readonly (readonly Point[])[];
  /** How many holes are in them: an outline has none. */
  readonly holes: number;
}

/** Right, down, left, up, as y points down. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/**
 * The outlines of a mask's pieces. Pixels that touch at a corner alone are two pieces.
 *
 * Each border between a set pixel and another is walked once, with the set pixel at its right hand: round
 * a piece that is clockwise, round a hole the other way.
 */
export function outlinesOf(rle: Rle): Outlines {
  const box = boxOfMask(rle);
  if (!box) return { pieces: [], holes: 0 };
  const { isSet, width, height } = unpack(rle, box);
  const walked = new Uint8Array(width * height);
  const pieces: Point[][] = [];
  let holes = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isTop = isSet(x, y) && !isSet(x, y - 1);
      if (!isTop || walked[y * width + x]) continue;
      const { points, twiceArea } = walk(x, y);
      if (twiceArea > 0) pieces.push(points.map(([px, py]): Point => [px + box[0], py + box[1]]));
      else holes++;
    }
  }
  return { pieces, holes };

  /** Begins at the top left corner of a pixel, to the right. */
  function walk(startX: number, startY: number): { points: Point[]; twiceArea: number } {
    const points: Point[] = [];
    let [x, y, direction, twiceArea] = [startX, startY, 0, 0];
    do {
      // To the right, the border is the top of the pixel below it.
      if (direction === 0) walked[y * width + x] = 1;
      const [dx, dy] = STEPS[direction] ?? [0, 0];
      twiceArea += x * (y + dy) - (x + dx) * y;
      x += dx;
      y += dy;
      const next = turn(x, y, direction);
      if (next !== direction) points.push([x, y]);
      direction = next;
    } while (x !== startX || y !== startY || direction !== 0);
    return { points, twiceArea };
  }

  /** Right where the pixel at the right hand is not set ahead, left where the one at the left is too. */
  function turn(x: number, y: number, direction: number): number {
    const [ahead, beside] = pixelsAhead(x, y, direction);
    if (!ahead) return (direction + 1) % 4;
    return beside ? (direction + 3) % 4 : direction;
  }

  /** The pixels in front of a corner: the one at the right hand and the one at the left. */
  function pixelsAhead(x: number, y: number, direction: number): [boolean, boolean] {
    switch (direction) {
      case 0:
        return [isSet(x, y), isSet(x, y - 1)];
      case 1:
        return [isSet(x - 1, y), isSet(x, y)];
      case 2:
        return [isSet(x - 1, y - 1), isSet(x - 1, y)];
      default:
        return [isSet(x, y - 1), isSet(x - 1, y - 1)];
    }
  }
}

/** The pixels in the box around what is set. */
function unpack(rle: Rle, [left, top, width, height]: Box) {
  const [rows] = rle.size;
  const pixels = new Uint8Array(width * height);
  for (const [from, to] of runsOf(rle)) {
    for (let at = from; at < to; at++) {
      pixels[((at % rows) - top) * width + Math.floor(at / rows) - left] = 1;
    }
  }
  const isSet = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] === 1;
  return { isSet, width, height };
}
