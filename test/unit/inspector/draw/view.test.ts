import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fitted, panned, placeIn, zoomed } from '../../../../inspector/draw/view';
import type { Box, Point } from '../../../../lib/events/box-around';

const whole = fc
  .tuple(
    ...[-1_000, -1_000].map((min) => fc.integer({ min, max: 1_000 })),
    fc.integer({ min: 1, max: 9_000 }),
    fc.integer({ min: 1, max: 9_000 }),
  )
  .map((box) => fitted(box as unknown as Box));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const moves = fc.array(
  fc.oneof(
    fc.record({
      factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
      at: fc.tuple(share, share),
    }),
    fc.record({
      by: fc.tuple(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
      ),
    }),
  ),
  { maxLength: 20 },
);

test('a view never leaves the whole, and keeps its proportions', () => {
  fc.assert(
    fc.property(whole, moves, (all, steps) => {
      let view = all;
      for (const step of steps) {
        view = 'by' in step ? panned(view, step.by, all) : zoomed(view, step.factor, step.at, all);
        const slack = all[2] * 1e-6 + all[3] * 1e-6;
        expect(view[0]).toBeGreaterThanOrEqual(all[0] - slack);
        expect(view[1]).toBeGreaterThanOrEqual(all[1] - slack);
        expect(view[0] + view[2]).toBeLessThanOrEqual(all[0] + all[2] + slack);
        expect(view[1] + view[3]).toBeLessThanOrEqual(all[1] + all[3] + slack);
        expect(view[2] / view[3] / (all[2] / all[3])).toBeCloseTo(1, 6);
      }
    }),
  );
});

test('what is under the pointer stays there while the view gets smaller', () => {
  fc.assert(
    fc.property(
      whole,
      fc.tuple(share, share),
      fc.double({ min: 1, max: 20, noNaN: true }),
      (all, at, factor) => {
        const pointOf = (view: Box, [x, y]: Point): Point => [
          view[0] + x * view[2],
          view[1] + y * view[3],
        ];
        const [before, after] = [pointOf(all, at), pointOf(zoomed(all, factor, at, all), at)];
        expect((after[0] - before[0]) / all[2]).toBeCloseTo(0, 9);
        expect((after[1] - before[1]) / all[3]).toBeCloseTo(0, 9);
      },
    ),
  );
});

test('a very wide picture gets a margin above and below', () => {
  // 4 times as wide as high at most: 1000 wide needs 250 of height, of which 10 are in the middle.
  expect(fitted([0, 0, 1_000, 10])).toEqual([0, -120, 1_000, 250]);
});

test('places are in percent of the view', () => {
  expect(placeIn([100, 50, 200, 100], [150, 50, 50, 25])).toEqual({
    left: '25%',
    top: '0%',
    width: '25%',
    height: '25%',
  });
});
