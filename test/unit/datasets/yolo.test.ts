import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clip } from '../../../lib/datasets/yolo/clip';
import { outlinesOf } from '../../../lib/datasets/yolo/outlines';
import { partOf } from '../../../lib/datasets/yolo/split';
import { writeYolo, type YoloOptions } from '../../../lib/datasets/yolo/write-yolo';
import type { StoredLabel } from '../../../lib/label-store/stored-label';
import { memoryFiles } from '../../support/memory-files';
import { bbox, mask, polygon, reading, storedLabel } from '../../support/stored-labels';

async function write(labels: readonly StoredLabel[], options: YoloOptions = {}) {
  const files = memoryFiles();
  const report = await writeYolo(reading(labels), files, options);
  return { report, files: Object.fromEntries(files.texts) };
}
const ALL_TRAIN = { val: 0 };

test('boxes are center and size, as shares of the picture', async () => {
  const { files, report } = await write([storedLabel(1, [bbox('a', [10, 10, 20, 10])])], ALL_TRAIN);
  expect(files).toEqual({
    'data.yaml': 'path: .\ntrain: images/train\nval: images/val\nnames:\n  0: "a"\n',
    'images.txt':
      'images/train/cat-1.jpg\thttps://pictures.example/folder/cat-1.jpg?signature=abc\n',
    // (10 + 10) / 100, (10 + 5) / 50, 20 / 100, 10 / 50.
    'labels/train/cat-1.txt': '0 0.2 0.3 0.2 0.2\n',
  });
  expect(report.counts).toMatchObject({ images: 1, train: 1, annotations: 1, classes: 1 });
});

test('shapes are clipped to the picture', async () => {
  const { files, report } = await write(
    [storedLabel(1, [bbox('a', [-10, -10, 20, 20]), bbox('a', [200, 0, 10, 10])])],
    ALL_TRAIN,
  );
  // 0 to 10 of 100 and of 50.
  expect(files['labels/train/cat-1.txt']).toBe('0 0.05 0.1 0.1 0.2\n');
  expect(report.leftOut).toMatchObject([{ reason: 'outside-the-picture', kind: 'bbox', count: 1 }]);
});

test('a box without an extent is left out, and told', async () => {
  const { report } = await write([storedLabel(1, [bbox('a', [10, 10, 0, 5])])], ALL_TRAIN);
  expect(report.leftOut).toMatchObject([{ reason: 'no-extent', kind: 'bbox', count: 1 }]);
});

test('a class may have any character: YAML takes some for the end of a line', async () => {
  const name = 'a"\\\n\u0000\u007f\u0085\u2028\ufeff猫😀: #';
  const { files } = await write([storedLabel(1, [bbox(name, [0, 0, 1, 1])])], ALL_TRAIN);
  expect(files['data.yaml']).toContain(
    '\n  0: "a\\"\\\\\\n\\u0000\\u007f\\u0085\\u2028\\ufeff猫😀: #"\n',
  );
});

test('each task has its own numbers', async () => {
  const annotations = [
    bbox('a', [0, 0, 50, 25]),
    polygon('b', [
      [0, 0],
      [100, 0],
      [0, 50],
    ]),
  ];
  const of = async (task: YoloOptions['task']) =>
    (await write([storedLabel(1, annotations)], { ...ALL_TRAIN, task })).files[
      'labels/train/cat-1.txt'
    ];
  expect(await of('detect')).toBe('0 0.25 0.25 0.5 0.5\n1 0.5 0.5 1 1\n');
  expect(await of('segment')).toBe('0 0 0 0.5 0 0.5 0.5 0 0.5\n1 0 0 1 0 0 1\n');
  expect(await of('obb')).toBe('0 0 0 0.5 0 0.5 0.5 0 0.5\n');
});

test('a picture without a size is left out, and told', async () => {
  const { files, report } = await write(
    [storedLabel(1, [bbox('a', [0, 0, 1, 1])], { dataRow: { id: 'r1', media: undefined } })],
    ALL_TRAIN,
  );
  expect(Object.keys(files).filter((path) => path.startsWith('labels'))).toEqual([]);
  expect(report.leftOut).toMatchObject([
    { reason: 'size-unknown', count: 1 },
    { reason: 'size-unknown', kind: 'bbox', count: 1 },
  ]);
});

test('pictures that differ in their ending alone have labels of their own', async () => {
  const at = (n: number, content: string) =>
    storedLabel(n, [], { dataRow: { id: `r${n}`, content } });
  const { files } = await write(
    [at(1, 'https://x.example/cat.jpg'), at(2, 'https://x.example/cat.png')].map((each) => ({
      ...each,
      dataRow: { ...each.dataRow, media: { width: 1, height: 1, type: 'image' } },
    })),
    ALL_TRAIN,
  );
  expect(Object.keys(files).filter((path) => path.startsWith('labels'))).toEqual([
    'labels/train/r1-cat.txt',
    'labels/train/r2-cat.txt',
  ]);
});

test('a row keeps its part, and about as many validate as are asked for', () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => `lb/r${n}`);
  const val = rows.filter((row) => partOf(row, 0.2) === 'val');
  // Five standard deviations of a binomial: sqrt(10,000 x 0.2 x 0.8) = 40.
  expect(Math.abs(val.length - 2_000)).toBeLessThan(200);
  // A larger share takes more, and gives none back.
  expect(val.every((row) => partOf(row, 0.3) === 'val')).toBe(true);
});

test('a row keeps its part in every release', () => {
  // `printf lb/r1 | sha256sum` begins with these eight digits, and so on, of ffffffff.
  const digests = [
    0x6e972247, 0x0522193a, 0x46a6870f, 0xe25d9342, 0x5f43ff05, 0x11ea9a99, 0x59f5f6b3, 0x1d944851,
  ];
  expect(digests.map((_, index) => partOf(`lb/r${index + 1}`, 0x80000000 / 2 ** 32))).toEqual(
    digests.map((digest) => (digest < 0x80000000 ? 'val' : 'train')),
  );
});

test('a triangle with one corner outside is cut into a trapezoid', () => {
  expect(
    clip(
      [
        [-10, 0],
        [10, 0],
        [10, 20],
      ],
      [100, 50],
    ),
  ).toEqual([
    [0, 10],
    [0, 0],
    [10, 0],
    [10, 20],
  ]);
});

const rleOf = (rows: readonly string[]) => {
  const made = mask('a', rows);
  if (made.kind !== 'mask' || !made.rle) throw new Error('no mask');
  return made.rle;
};

test('a piece is outlined at the borders of its pixels, clockwise from its top left', () => {
  expect(outlinesOf(rleOf(['....', '.##.', '.#..', '....']))).toEqual({
    holes: 0,
    pieces: [
      [
        [3, 1],
        [3, 2],
        [2, 2],
        [2, 3],
        [1, 3],
        [1, 1],
      ],
    ],
  });
});

/** Whether the middle of a pixel is inside of a polygon: an odd number of edges to its right. */
const isInside = (points: readonly (readonly [number, number])[], x: number, y: number): boolean =>
  points.filter(([x1, y1], index) => {
    const [x2, y2] = points[(index + 1) % points.length] ?? [x1, y1];
    return x1 === x2 && x1 > x + 0.5 && Math.min(y1, y2) <= y && Math.max(y1, y2) > y;
  }).length %
    2 ===
  1;

test('the outlines of any mask cover its pixels and the holes in it, and nothing else', () => {
  const picture = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .chain(([width, height]) =>
      fc.array(fc.stringMatching(new RegExp(`^[.#]{${width}}$`)), {
        minLength: height,
        maxLength: height,
      }),
    );
  fc.assert(
    fc.property(picture, (rows) => {
      const { pieces, holes } = outlinesOf(rleOf(rows));
      const filled = fillHoles(rows);
      const seen = rows.map((row, y) =>
        [...row]
          .map((_, x) => (pieces.some((piece) => isInside(piece, x, y)) ? '#' : '.'))
          .join(''),
      );
      expect(seen).toEqual(filled);
      expect(holes > 0).toBe(filled.join() !== rows.join());
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) },
  );
});

/** Fills all pixels that cannot be reached from outside over unset pixels, corners included. */
function fillHoles(rows: readonly string[]): string[] {
  const [height, width] = [rows.length, rows[0]?.length ?? 0];
  const outside = new Set<string>();
  const visit = (x: number, y: number): void => {
    if (x < -1 || y < -1 || x > width || y > height || rows[y]?.[x] === '#') return;
    if (outside.has(`${x},${y}`)) return;
    outside.add(`${x},${y}`);
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) visit(x + dx, y + dy);
  };
  visit(-1, -1);
  return rows.map((row, y) =>
    [...row].map((_, x) => (outside.has(`${x},${y}`) ? '.' : '#')).join(''),
  );
}

test('a corner that rounding puts outside gets no second point', () => {
  // Percents of a width become pixels.
  const corners: [number, number][] = [
    [0, 0],
    [1.1, 0],
    [1.1 + Number.EPSILON, 1],
  ];
  expect(clip(corners, [1.1, 1])).toEqual(corners);
});
