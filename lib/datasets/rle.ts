import type { Box } from '../events/box-around';
import type { Size } from './format';
import type { Rle } from './shape';

/** Runs of set pixels: the first and behind the last, counted down the columns. */
export function* runsOf({ counts }: Rle): Generator<readonly [from: number, to: number]> {
  let at = 0;
  for (const [index, count] of counts.entries()) {
    if (index % 2 === 1 && count > 0) yield [at, at + count];
    at += count;
  }
}

/** How many pixels are set. */
export function pixelsOf(rle: Rle): number {
  let pixels = 0;
  for (const [from, to] of runsOf(rle)) pixels += to - from;
  return pixels;
}

/** The least box around the pixels that are set: undefined where none is. */
export function boxOfMask(rle: Rle): Box | undefined {
  const [height] = rle.size;
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (const [from, to] of runsOf(rle)) {
    const [first, last] = [Math.floor(from / height), Math.floor((to - 1) / height)];
    left = Math.min(left, first);
    right = Math.max(right, last);
    // A run over the end of a column touches its foot and the head of the next.
    top = Math.min(top, last > first ? 0 : from % height);
    bottom = Math.max(bottom, last > first ? height - 1 : (to - 1) % height);
  }
  return right < 0 ? undefined : [left, top, right - left + 1, bottom - top + 1];
}

/** Whether the counts cover the picture exactly, as COCO asks. */
export const isWhole = ({ size, counts }: Rle): boolean =>
  counts.reduce((sum, count) => sum + count, 0) === size[0] * size[1];

/** Whether a mask is of a picture of this size. */
export const isOfSize = ({ size: [height, width] }: Rle, size: Size): boolean =>
  width === size[0] && height === size[1];
