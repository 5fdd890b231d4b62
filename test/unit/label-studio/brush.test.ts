import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '../../../lib/json/read';
import { toMask as toMaskWith } from '../../../lib/platforms/label-studio/brush';
import { type Run, readSetPixels } from '../../../lib/platforms/label-studio/brush-stream';
import { toColumnMajor as toColumnMajorWithin } from '../../../lib/platforms/label-studio/column-major';
import { toConfig } from '../../../lib/platforms/label-studio/config';
import { pack } from '../../support/pack-brush';

const toColumnMajor = (runs: readonly Run[], width: number, height: number) =>
  toColumnMajorWithin(runs, width, height, 5_000_000);
const toMask = (value: JsonObject, result: JsonObject, config = toConfig(undefined)) =>
  toMaskWith(value, result, config)?.shape;

/** COCO's counts, computed pixel by pixel. */
function slowCounts(mask: readonly boolean[], width: number, height: number): number[] {
  const counts = [0];
  let isSet = false;
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < height; row++) {
      if (mask[row * width + column] !== isSet) {
        isSet = !isSet;
        counts.push(0);
      }
      counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    }
  }
  return counts;
}

const masks = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([width, height]) =>
    fc
      .array(fc.boolean(), { minLength: width * height, maxLength: width * height })
      .map((mask) => ({ width, height, mask })),
  );

const runsOf = (mask: readonly boolean[]): [number, number][] => {
  const runs: [number, number][] = [];
  mask.forEach((isSet, pixel) => {
    const last = runs.at(-1);
    if (!isSet) return;
    if (last?.[1] === pixel) last[1] = pixel + 1;
    else runs.push([pixel, pixel + 1]);
  });
  return runs;
};

test('rows become columns as if each pixel were looked at', () => {
  fc.assert(
    fc.property(masks, ({ width, height, mask }) => {
      expect(toColumnMajor(runsOf(mask), width, height)).toEqual(slowCounts(mask, width, height));
    }),
    { numRuns: 3_000 },
  );
});

describe('a packed brush', () => {
  test('a drawn example: 3 x 2 pixels, the right column and the lower left pixel set', () => {
    // rows 001, 101; columns 01, 00, 11: one zero, one one, two zeros, two ones
    const rle = pack([0, 0, 1, 1, 0, 1].flatMap((alpha) => [9, 9, 9, alpha * 255]));
    expect(toMask({ rle }, { original_width: 3, original_height: 2 })).toEqual({
      kind: 'mask',
      rle: { size: [2, 3], counts: [1, 1, 2, 2] },
    });
  });

  test('is unpacked as it was packed, with runs, single values and any alpha', () => {
    const alpha = fc.constantFrom(0, 0, 0, 1, 255, 255);
    fc.assert(
      fc.property(
        masks,
        fc.array(alpha, { minLength: 49, maxLength: 49 }),
        fc.nat(3),
        ({ width, height, mask }, alphas, noise) => {
          const values = mask.flatMap((isSet, pixel) => [
            (noise * pixel) % 7,
            noise,
            0,
            isSet ? Math.max(1, alphas[pixel] ?? 1) : 0,
          ]);
          const result = toMask(
            { rle: pack(values) },
            { original_width: width, original_height: height },
          );
          expect(result).toEqual({
            kind: 'mask',
            rle: { size: [height, width], counts: slowCounts(mask, width, height) },
          });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test.each<[string, object, object]>([
    [
      'a count that is not the size',
      { rle: pack([0, 0, 0, 1]) },
      { original_width: 2, original_height: 1 },
    ],
    ['no size', { rle: pack([0, 0, 0, 1]) }, {}],
    [
      'more than 100 million pixels',
      { rle: [255, 255, 255, 255] },
      { original_width: 10_001, original_height: 10_000 },
    ],
    [
      'a stream cut short',
      { rle: pack(Array(64).fill(1)).slice(0, 7) },
      { original_width: 16, original_height: 1 },
    ],
    [
      'values that are no bytes',
      { rle: [0, 0, 0, 4, -1, 2.5] },
      { original_width: 1, original_height: 1 },
    ],
    ['an empty list', { rle: [] }, { original_width: 1, original_height: 1 }],
  ])('%s gives a mask without pixels', (_, value, result) => {
    expect(toMask(value as never, result as never)).toEqual({ kind: 'mask' });
  });
});

test('a hostile count costs neither time nor memory', () => {
  // 100 million pixels claimed by a stream of 20 bytes that ends at once.
  const claim = [0x17, 0xd7, 0x84, 0x00, ...Array(16).fill(0xff)];
  const before = process.memoryUsage().rss;
  const began = performance.now();
  expect(readSetPixels(Uint8Array.from(claim), 100_000_000)).toBeUndefined();
  // To read 400 million values would take more than a minute.
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

test('a whole image of 100 million pixels is two counts', () => {
  expect(toColumnMajor([[0, 100_000_000]], 10_000, 10_000)).toEqual([0, 100_000_000]);
});

test('a mask costs as much as its runs if all its rows begin one pixel in', () => {
  // 60,000 runs of 59,999 pixels: the first column is free, all others are one stretch.
  const side = 60_000;
  const runs = Array.from(
    { length: side },
    (_, row) => [row * side + 1, (row + 1) * side] as const,
  );
  const began = performance.now();
  expect(toColumnMajor(runs, side, side)).toEqual([side, side * (side - 1)]);
  // To visit 3,600 million pixels takes longer, whatever is done with them.
  expect(performance.now() - began).toBeLessThan(2_500);
});

test('more than 5 million counts are left out', () => {
  // Every other row of 4,000 columns: each pixel's neighbour below differs.
  const rows = (height: number) =>
    Array.from({ length: height / 2 }, (_, row) => [row * 8_000, row * 8_000 + 4_000] as const);
  // 4,000 columns x 1,250 rows = 5,000,000 stretches; with 1,252 rows there are more.
  expect(toColumnMajor(rows(1_248), 4_000, 1_248)).toHaveLength(4_000 * 1_248 + 1);
  expect(toColumnMajor(rows(1_252), 4_000, 1_252)).toBeUndefined();
});

test('all masks of a delivery share 5 million counts', () => {
  // Two rows that differ everywhere: a count for each of 2 x 1,000,000 pixels, from a few bytes.
  const width = 1_000_000;
  const bits: number[] = [];
  const write = (value: number, size: number) => {
    for (let bit = size - 1; bit >= 0; bit--) bits.push(Math.floor(value / 2 ** bit) % 2);
  };
  write(width * 8, 32);
  write(7, 5);
  for (const size of [16, 16, 16, 16]) write(size - 1, 4);
  for (const value of [255, 0]) {
    for (let left = width * 4; left > 0; left -= 65_536) {
      write(1, 1);
      write(0, 2);
      write(Math.min(left, 65_536) - 1, 16);
      write(value, 8);
    }
  }
  const rle = Array.from({ length: Math.ceil(bits.length / 8) }, (_, byte) =>
    Number.parseInt(
      bits
        .slice(byte * 8, byte * 8 + 8)
        .join('')
        .padEnd(8, '0'),
      2,
    ),
  );
  expect(rle.length).toBeLessThan(1_000);

  const config = toConfig(undefined);
  const masks = [1, 2, 3, 4].map(() =>
    toMask({ rle }, { original_width: width, original_height: 2 }, config),
  );
  expect(masks.map((mask) => mask && 'rle' in mask)).toEqual([true, true, false, false]);
});
