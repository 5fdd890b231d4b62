import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Annotation } from '../../lib/events/schemas/annotation';
import type { LabelData } from '../../lib/events/schemas/data';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { pythonWith } from '../support/python';
import { LABEL_STUDIO } from './label-studio-server';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 500);

type Xy = readonly [number, number];

interface Coco {
  readonly bbox: number[];
  readonly segmentation: number[][];
  readonly area: number;
  readonly keypoints?: number[];
}

interface Answer {
  readonly coco: Coco[];
  readonly corners: (Xy[] | null)[];
  readonly packed: number[][];
}

/** The converter that comes with the server. */
function convert(asked: { results: object[]; masks: object[] }): Answer {
  const python = join(pythonWith([LABEL_STUDIO]), 'python');
  const answer = execFileSync(python, [join(__dirname, 'label_studio_converter.py')], {
    input: JSON.stringify(asked),
    maxBuffer: 1e9,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return JSON.parse(answer.toString());
}

function annotationOf(result: object): Annotation {
  const annotation = { id: 1, result: [result] };
  const [draft] = labelStudio.normalize({ action: 'ANNOTATION_CREATED', annotation }, {});
  const data = draft?.data as LabelData | undefined;
  return data?.labels?.[0]?.annotations?.[0] as Annotation;
}

const percent = fc.double({ min: 0, max: 100, noNaN: true });
/** Above zero, since the converter divides by the height of a rotated box. */
const extent = fc.double({ min: 0.01, max: 100, noNaN: true });
const size = fc.integer({ min: 1, max: 4_000 });
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
const result = fc.record({ value, width: size, height: size }).map(({ value, width, height }) => {
  const type = Object.keys(NAMES).find((name) => name in value) as keyof typeof NAMES;
  const about = { id: 'r', type, from_name: NAMES[type], to_name: 'image', value };
  return { ...about, original_width: width, original_height: height };
});
const side = fc.integer({ min: 1, max: 12 });
const mask = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, pixels })),
  );

/** Compares to a millionth of a pixel. */
function expectClose(came: readonly number[], expected: readonly number[]): void {
  expect(came).toHaveLength(expected.length);
  for (const [index, each] of came.entries()) expect(each).toBeCloseTo(expected[index] ?? NaN, 6);
}

/** Converts COCO's column-major pixels to rows. */
function pixelsOf({ rle }: Extract<Annotation, { kind: 'mask' }>): number[] {
  const [height = 0, width = 0] = rle?.size ?? [];
  const column = (rle?.counts ?? []).flatMap((count, index) => Array(count).fill(index % 2));
  return Array.from({ length: width * height }, (_, at) => {
    const [row, x] = [Math.floor(at / width), at % width];
    return column[x * height + row];
  });
}

test('random shapes equal the output of the converter of Label Studio', () => {
  const results = fc.sample(result, RUNS);
  const masks = fc.sample(mask, RUNS);
  const { coco, corners, packed } = convert({ results, masks });

  const seen = { bbox: 0, turned: 0, polygon: 0, point: 0 };
  for (const [index, each] of results.entries()) {
    const made = coco[index] as Coco;
    const annotation = annotationOf(each);
    if (annotation.kind === 'bbox' && annotation.corners) {
      // The converter rotates the COCO box in percent, which is wrong on images that are not square.
      expectClose(annotation.corners.flat(), corners[index]?.flat() ?? []);
      seen.turned++;
    } else if (annotation.kind === 'bbox') {
      expectClose(annotation.bbox, made.bbox);
      seen.bbox++;
    } else if (annotation.kind === 'polygon') {
      expectClose(annotation.points.flat(), made.segmentation.flat());
      seen.polygon++;
    } else if (annotation.kind === 'point') {
      // COCO has key points in whole pixels.
      const [x = NaN, y = NaN] = made.keypoints ?? [];
      expect(Math.abs(annotation.point[0] - x)).toBeLessThanOrEqual(0.5);
      expect(Math.abs(annotation.point[1] - y)).toBeLessThanOrEqual(0.5);
      seen.point++;
    }
  }
  expect(Object.values(seen).reduce((sum, count) => sum + count)).toBe(RUNS);
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(RUNS / 20);

  for (const [index, { width, height, pixels }] of masks.entries()) {
    const brush = { format: 'rle', rle: packed[index], brushlabels: ['A'] };
    const sized = { original_width: width, original_height: height };
    const drawn = annotationOf({ id: 'r', type: 'brushlabels', value: brush, ...sized });
    expect(drawn.kind === 'mask' && pixelsOf(drawn)).toEqual(pixels);
  }
});
