import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Annotation, LabelData } from '../../lib/events/types';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { type Coco, convert, expectClose, shape, size } from './label-studio-converter';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 500);

function annotationOf(result: object): Annotation {
  const annotation = { id: 1, result: [result] };
  const [draft] = labelStudio.normalize({ action: 'ANNOTATION_CREATED', annotation }, {});
  const data = draft?.data as LabelData | undefined;
  return data?.labels?.[0]?.annotations?.[0] as Annotation;
}

const result = fc
  .record({ shape, original_width: size, original_height: size })
  .map(({ shape, ...sized }) => ({ ...shape, ...sized }));
const side = fc.integer({ min: 1, max: 12 });
const mask = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height })
      .map((pixels) => ({ width, height, pixels })),
  );

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
