import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { momentAt, trackOf } from '../../../../inspector/draw/track';

const box = (frame: number, bbox: number[], more: object = {}) => ({
  frame,
  kind: 'bbox',
  bbox,
  ...more,
});

test('after a key frame with enabled, a box moves to the next one; after one without, it is gone', () => {
  const track = trackOf({
    keyframes: [
      box(30, [60, 60, 10, 10], { enabled: false }),
      box(10, [0, 0, 10, 10], { enabled: true }),
      box(20, [40, 20, 30, 20], { enabled: true }),
    ],
  });
  // A quarter of the way from 0, 0 to 40, 20 is 10, 5, and the box grows from 10 x 10 to 30 x 20.
  expect(momentAt(track, 12.5)?.geometry.bbox).toEqual([10, 5, 15, 12.5]);
  expect(momentAt(track, 12.5)?.between).toEqual([10, 20]);
  expect(momentAt(track, 20)?.between).toBeUndefined();
  expect(momentAt(track, 30)?.geometry.bbox).toEqual([60, 60, 10, 10]);
  expect(momentAt(track, 31)).toBeUndefined();
  expect(momentAt(track, 9)).toBeUndefined();
});

test('without a word about the frames between, a box is only on its key frames', () => {
  const track = trackOf({ keyframes: [box(1, [0, 0, 1, 1]), box(9, [8, 8, 1, 1])] });
  expect([1, 5, 9, 10].map((frame) => momentAt(track, frame) !== undefined)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('a box does not move from one segment to the next', () => {
  const keyframes = [box(1, [0, 0, 1, 1]), box(3, [2, 2, 1, 1]), box(9, [8, 8, 1, 1])];
  const track = trackOf({
    keyframes,
    segments: [
      [1, 5],
      [8, 9],
    ],
  });
  expect(momentAt(track, 2)?.geometry.bbox).toEqual([1, 1, 1, 1]);
  // To the end of its segment it stays where it was drawn last.
  expect(momentAt(track, 5)).toMatchObject({
    geometry: { bbox: [2, 2, 1, 1] },
    between: [3, undefined],
  });
  expect(momentAt(track, 6)).toBeUndefined();
  // The segment says that it is there, but no key frame says where.
  expect(momentAt(track, 8)).toBeUndefined();
  expect(momentAt(track, 9)?.geometry.bbox).toEqual([8, 8, 1, 1]);
});

test('paths move point by point; if their points do not correspond, the last one stays', () => {
  const path = (frame: number, points: number[][]) => ({
    frame,
    kind: 'polyline',
    points,
    enabled: true,
  });
  const same = trackOf({
    keyframes: [
      path(0, [
        [0, 0],
        [10, 10],
      ]),
      path(10, [
        [10, 0],
        [10, 30],
      ]),
    ],
  });
  expect(momentAt(same, 5)?.geometry.points).toEqual([
    [5, 0],
    [10, 20],
  ]);
  const other = trackOf({
    keyframes: [
      path(0, [
        [0, 0],
        [10, 10],
      ]),
      path(10, [[1, 1]]),
    ],
  });
  expect(momentAt(other, 5)?.geometry.points).toEqual([
    [0, 0],
    [10, 10],
  ]);
});

test('a box that turns has corners in pixels, and none in percent', () => {
  const turn = (frame: number, rotation: number) =>
    box(frame, [100, 100, 50, 20], { rotation, enabled: true });
  const moment = momentAt(trackOf({ keyframes: [turn(0, 0), turn(2, 180)] }), 1);
  // Half of a half turn is a quarter: the width points down.
  const corners = moment?.geometry.corners as number[][] | undefined;
  expect(corners?.map((point) => point.map(Math.round))).toEqual([
    [100, 100],
    [100, 150],
    [80, 150],
    [80, 100],
  ]);
  const percent = trackOf({ unit: 'percent', keyframes: [turn(0, 0), turn(2, 180)] });
  expect(momentAt(percent, 1)?.geometry).toEqual({
    kind: 'bbox',
    unit: 'percent',
    bbox: [100, 100, 50, 20],
    rotation: 90,
  });
});

test('between two frames every coordinate is between those of the two', () => {
  const four = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(four, four, fc.integer({ min: 0, max: 100 }), (one, other, frame) => {
      const track = trackOf({ keyframes: [box(0, one, { enabled: true }), box(100, other)] });
      const found = momentAt(track, frame)?.geometry.bbox as number[];
      for (const [index, value] of found.entries()) {
        const [from = 0, to = 0] = [one[index], other[index]];
        expect(value).toBeCloseTo(from + ((to - from) * frame) / 100, 9);
      }
    }),
  );
});
