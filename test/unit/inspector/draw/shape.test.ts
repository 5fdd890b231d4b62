import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shapeOf, storedBox, turned } from '../../../../inspector/draw/shape';
import { boxAround, type Point } from '../../../../lib/events/box-around';

const coordinate = fc.double({ min: -5_000, max: 5_000, noNaN: true });
const length = fc.double({ min: 0.5, max: 5_000, noNaN: true });
const angle = fc.double({ min: -720, max: 720, noNaN: true });

test('an upright box has its corners and its size', () => {
  expect(shapeOf({ kind: 'bbox', bbox: [10, 20, 30, 40] })).toEqual({
    path: 'M10 20L40 20L40 60L10 60Z',
    box: [10, 20, 30, 40],
    isArea: true,
  });
});

test('percent becomes pixels of a known size, and stays percent of an unknown one', () => {
  const box = { kind: 'bbox', bbox: [10, 20, 30, 40], unit: 'percent' };
  // 10 % of 200 is 20, 20 % of 50 is 10, and so on.
  expect(shapeOf(box, { width: 200, height: 50 })?.box).toEqual([20, 10, 60, 20]);
  expect(shapeOf(box)?.box).toEqual([10, 20, 30, 40]);
  const part = { kind: 'point', point: [0.5, 0.25], unit: 'page' };
  expect(shapeOf(part, { width: 200, height: 40 })?.box).toEqual([100, 10, 0, 0]);
});

test('a box turns clockwise about its stored corner', () => {
  // A quarter turn: what pointed right points down, and what pointed down points left.
  const corners = turned([200, 100, 300, 100, 90]).map((point) => point.map(Math.round));
  expect(corners).toEqual([
    [200, 100],
    [200, 400],
    [100, 400],
    [100, 100],
  ]);
});

test('the corners of an event win over its box', () => {
  const corners = [
    [5, 0],
    [10, 5],
    [5, 10],
    [0, 5],
  ];
  const shape = shapeOf({ kind: 'bbox', bbox: [0, 0, 10, 10], rotation: 45, corners });
  expect(shape?.path).toBe('M5 0L10 5L5 10L0 5Z');
});

test('turning keeps lengths and the stored corner, and a whole turn changes nothing', () => {
  fc.assert(
    fc.property(coordinate, coordinate, length, length, angle, (x, y, width, height, degrees) => {
      const [first, second, third, last] = turned([x, y, width, height, degrees]) as [
        Point,
        Point,
        Point,
        Point,
      ];
      const distance = ([ax, ay]: Point, [bx, by]: Point) => Math.hypot(bx - ax, by - ay);
      expect(first).toEqual([x, y]);
      expect(distance(first, second)).toBeCloseTo(width, 6);
      expect(distance(second, third)).toBeCloseTo(height, 6);
      // The diagonals of a rectangle are equal.
      expect(distance(first, third)).toBeCloseTo(distance(second, last), 6);
      const again = turned([x, y, width, height, degrees + 360]);
      for (const [index, [atX, atY]] of turned([x, y, width, height, degrees]).entries()) {
        expect(again[index]?.[0]).toBeCloseTo(atX, 5);
        expect(again[index]?.[1]).toBeCloseTo(atY, 5);
      }
    }),
  );
});

test('the stored box comes back from its corners', () => {
  fc.assert(
    fc.property(coordinate, coordinate, length, length, angle, (x, y, width, height, degrees) => {
      const corners = turned([x, y, width, height, degrees]);
      const geometry = { bbox: boxAround(corners), rotation: degrees, corners };
      const stored = storedBox(geometry) ?? [];
      for (const [index, value] of [x, y, width, height, degrees].entries()) {
        expect(stored[index]).toBeCloseTo(value, 5);
      }
    }),
  );
});

test('the box of an ellipse has every point of it, and touches it on each side', () => {
  fc.assert(
    fc.property(coordinate, coordinate, length, length, angle, (x, y, across, down, rotation) => {
      const shape = shapeOf({ kind: 'ellipse', center: [x, y], radii: [across, down], rotation });
      const [left = 0, top = 0, width = 0, height = 0] = shape?.box ?? [];
      const turn = (rotation * Math.PI) / 180;
      const points = Array.from({ length: 360 }, (_, step): Point => {
        const [cos, sin] = [Math.cos((step * Math.PI) / 180), Math.sin((step * Math.PI) / 180)];
        return [
          x + across * cos * Math.cos(turn) - down * sin * Math.sin(turn),
          y + across * cos * Math.sin(turn) + down * sin * Math.cos(turn),
        ];
      });
      // The points are a degree apart: their box is smaller by less than (0.5 degrees)² / 2 of the radii.
      const slack = (across + down) * 5e-5;
      const around = boxAround(points);
      expect(Math.abs(around[0] - left)).toBeLessThan(slack);
      expect(Math.abs(around[1] - top)).toBeLessThan(slack);
      expect(Math.abs(around[2] - width)).toBeLessThan(2 * slack);
      expect(Math.abs(around[3] - height)).toBeLessThan(2 * slack);
    }),
  );
});

test('whatever a geometry is, its shape is finite or none', () => {
  const kinds = fc.constantFrom('bbox', 'polygon', 'polyline', 'point', 'ellipse', 'document-box');
  const members = ['bbox', 'corners', 'points', 'point', 'center', 'radii', 'rotation', 'unit'];
  const odd = fc.oneof(fc.jsonValue(), fc.array(fc.array(fc.double())), fc.array(fc.double()));
  const geometry = fc.tuple(kinds, ...members.map(() => odd)).map(([kind, ...values]) => ({
    kind,
    ...Object.fromEntries(members.map((name, index) => [name, values[index]])),
  }));
  fc.assert(
    fc.property(geometry, (value) => {
      const shape = shapeOf(value, { width: 100, height: 50 });
      expect(shape?.box.every(Number.isFinite) ?? true).toBe(true);
      expect(shape?.path ?? '').not.toMatch(/NaN|Infinity/);
    }),
  );
});
