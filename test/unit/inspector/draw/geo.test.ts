import { expect, test } from '@jest/globals';
import { geoShape, gridOf, multiples, niceStep, planeOf } from '../../../../inspector/draw/geo';

test('north is up, west is left, and there is a margin of a tenth', () => {
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [10, 50],
        [20, 50],
        [20, 60],
        [10, 60],
        [10, 50],
      ],
    ],
  };
  const plane = planeOf([square]);
  // 10 degrees and twice 1 degree of margin on 1000 units.
  expect(plane).toEqual({ origin: [9, 61], scale: 1000 / 12, box: [0, 0, 1000, 1000] });
  const box = plane && geoShape(square, plane)?.box;
  expect(box?.map((each) => Math.round(each * 1000) / 1000)).toEqual([
    83.333, 83.333, 833.333, 833.333,
  ]);
  expect(plane && gridOf(plane).longitudes.map(({ degrees }) => degrees)).toEqual([10, 15, 20]);
});

test('a collection has the parts of its parts', () => {
  const geometries = [
    { type: 'Point', coordinates: [1, 2] },
    {
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [2, 2],
          [3, 3],
        ],
      ],
    },
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [4, 4],
            [5, 4],
            [5, 5],
          ],
        ],
      ],
    },
    { type: 'Unknown', coordinates: 'x' },
  ];
  const shape = geoShape({ type: 'GeometryCollection', geometries }, { origin: [0, 10], scale: 1 });
  expect(shape).toEqual({
    path: 'M1 8h0M0 10L1 9M2 8L3 7M4 6L5 6L5 5Z',
    box: [0, 5, 5, 5],
    isArea: true,
  });
  expect(planeOf([{ type: 'Unknown' }, {}])).toBeUndefined();
});

test('steps are 1, 2 or 5 times a power of ten', () => {
  expect([0.03, 0.7, 1, 1.1, 4, 7, 230].map(niceStep)).toEqual([0.05, 1, 1, 2, 5, 10, 500]);
  expect(multiples(-0.25, 0.2, 0.1)).toEqual([-0.2, -0.1, 0, 0.1, 0.2]);
});
