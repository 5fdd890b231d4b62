import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { pythonWith } from '../support/python';
import { LABEL_STUDIO } from './label-studio-server';

type Xy = readonly [number, number];

export interface Coco {
  readonly bbox: number[];
  readonly segmentation: number[][];
  readonly area: number;
  readonly keypoints?: number[];
}

/** A shape of a data set: its picture's name without the ending, and its class. */
export interface Named {
  readonly image: string;
  readonly name: string;
}

export interface YoloLine extends Named {
  readonly numbers: readonly number[];
}

interface Answer {
  readonly coco: Coco[];
  readonly corners: (Xy[] | null)[];
  readonly datasets: {
    readonly coco: readonly (Coco & Named)[];
    readonly yolo: readonly YoloLine[];
    readonly obb: readonly YoloLine[];
  };
  readonly packed: number[][];
}

/** Runs the converter that comes with the server. */
export function convert(asked: { results?: object[]; masks?: object[]; tasks?: object[] }): Answer {
  const python = join(pythonWith(LABEL_STUDIO), 'python');
  const answer = execFileSync(python, [join(__dirname, 'label_studio_converter.py')], {
    input: JSON.stringify({ results: [], masks: [], tasks: [], ...asked }),
    maxBuffer: 1e9,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(answer.toString());
}

const percent = fc.double({ min: 0, max: 100, noNaN: true });
/** Above zero, since the converter divides by the height of a rotated box. */
const extent = fc.double({ min: 0.01, max: 100, noNaN: true });
export const size = fc.integer({ min: 1, max: 4_000 });
const value = fc.oneof(
  fc.record({
    x: percent,
    y: percent,
    width: extent,
    height: extent,
    rotation: fc.oneof(fc.constant(0), fc.double({ min: -360, max: 360, noNaN: true })),
    rectanglelabels: fc.constant(['A']),
  }),
  fc.record({
    points: fc.array(fc.tuple(percent, percent), { minLength: 3, maxLength: 9 }),
    polygonlabels: fc.constant(['A']),
  }),
  fc.record({ x: percent, y: percent, width: percent, keypointlabels: fc.constant(['A']) }),
);
const NAMES = { rectanglelabels: 'box', polygonlabels: 'outline', keypointlabels: 'spot' };
export const shape = value.map((value) => {
  const type = Object.keys(NAMES).find((name) => name in value) as keyof typeof NAMES;
  return { id: 'r', type, from_name: NAMES[type], to_name: 'image', value };
});
/** Compares to a millionth of a pixel. */
export function expectClose(came: readonly number[], expected: readonly number[]): void {
  expect(came).toHaveLength(expected.length);
  for (const [index, each] of came.entries()) expect(each).toBeCloseTo(expected[index] ?? NaN, 6);
}
