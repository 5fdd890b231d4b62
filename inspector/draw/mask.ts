import type { Box } from '../../lib/events/box-around';
import { type Fields, fieldsOf, listOf, numbersOf } from './read';
import type { Size } from './shape';

/** Run lengths of pixels, column by column, the first run outside the mask. */
export interface Runs {
  readonly size: Size;
  readonly counts: readonly number[];
}

/** @returns undefined if a mask has no run lengths, or they do not fit its size */
export function runsOf(geometry: Fields): Runs | undefined {
  const rle = fieldsOf(geometry.rle);
  const [height, width] = numbersOf(rle.size, 2) ?? [];
  const counts = listOf(rle.counts);
  if (!width || !height || counts.length === 0) return undefined;
  let sum = 0;
  for (const count of counts) {
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return undefined;
    sum += count;
  }
  return sum === width * height
    ? { size: { width, height }, counts: counts as number[] }
    : undefined;
}

/** Calls back for each vertical run of pixels in the mask: its column, first row, and number of pixels. */
function eachRun(
  { size, counts }: Runs,
  call: (x: number, y: number, length: number) => void,
): void {
  let position = 0;
  for (const [index, count] of counts.entries()) {
    const end = position + count;
    while (index % 2 === 1 && position < end) {
      const y = position % size.height;
      const length = Math.min(end - position, size.height - y);
      call((position - y) / size.height, y, length);
      position += length;
    }
    position = end;
  }
}

/** The upright box around the pixels of a mask; undefined if it has none. */
export function maskBox(runs: Runs): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  eachRun(runs, (x, y, length) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + 1);
    bottom = Math.max(bottom, y + length);
  });
  return left === Infinity ? undefined : [left, top, right - left, bottom - top];
}

/**
 * Calls back for each run of pixels of a picture that may be smaller than the mask. A pixel of that picture is set if
 * any of the pixels that it stands for is.
 *
 * @param factor the pixels of the picture for each pixel of the mask, at most 1
 */
export function eachScaledRun(
  runs: Runs,
  factor: number,
  call: (x: number, y: number, length: number) => void,
): void {
  eachRun(runs, (x, y, length) => {
    const top = Math.floor(y * factor);
    call(Math.floor(x * factor), top, Math.ceil((y + length) * factor) - top);
  });
}
