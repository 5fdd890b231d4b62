import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eachScaledRun, maskBox, type Runs, runsOf } from '../../../../inspector/draw/mask';

/** The pixels that a mask sets at a scale. */
function pixelsOf(runs: Runs, factor: number): Set<string> {
  const pixels = new Set<string>();
  eachScaledRun(runs, factor, (x, y, length) => {
    for (let row = y; row < y + length; row++) pixels.add(`${x} ${row}`);
  });
  return pixels;
}

/** A mask as one bit for each pixel, column by column, and its run lengths. */
const mask = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.boolean(), { minLength: width * height, maxLength: width * height })
      .map((bits) => ({ width, height, bits })),
  );

function encode(bits: readonly boolean[]): number[] {
  const counts = [0];
  let isIn = false;
  for (const bit of bits) {
    if (bit !== isIn) counts.push(0);
    isIn = bit;
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
  }
  return counts;
}

test('a mask sets the pixels of its bits, column by column', () => {
  fc.assert(
    fc.property(mask, ({ width, height, bits }) => {
      const runs = runsOf({ rle: { size: [height, width], counts: encode(bits) } }) as Runs;
      const set = bits.flatMap((bit, index) =>
        bit ? [[Math.floor(index / height), index % height] as const] : [],
      );
      expect([...pixelsOf(runs, 1)].sort()).toEqual(set.map(([x, y]) => `${x} ${y}`).sort());
      const xs = set.map(([x]) => x);
      const ys = set.map(([, y]) => y);
      const [left, top] = [Math.min(...xs), Math.min(...ys)];
      const box = [left, top, Math.max(...xs) + 1 - left, Math.max(...ys) + 1 - top];
      expect(maskBox(runs)).toEqual(set.length > 0 ? box : undefined);
    }),
  );
});

test('at half the size, a pixel is set if one of its four is', () => {
  fc.assert(
    fc.property(mask, ({ width, height, bits }) => {
      const runs = runsOf({ rle: { size: [height, width], counts: encode(bits) } }) as Runs;
      const halves = bits.flatMap((bit, index) =>
        bit ? [`${Math.floor(index / height / 2)} ${Math.floor((index % height) / 2)}`] : [],
      );
      expect([...pixelsOf(runs, 0.5)].sort()).toEqual([...new Set(halves)].sort());
    }),
  );
});

test.each([
  ['runs that do not fill the picture', { size: [2, 2], counts: [1, 2] }],
  ['runs that fill more', { size: [2, 2], counts: [1, 4] }],
  ['a negative run', { size: [2, 2], counts: [5, -1] }],
  ['half a pixel', { size: [2, 2], counts: [0.5, 3.5] }],
  ['no size', { counts: [1] }],
  ['no runs', { size: [0, 0], counts: [] }],
])('%s are no mask', (_, rle) => {
  expect(runsOf({ rle })).toBeUndefined();
});
