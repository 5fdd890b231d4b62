import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { writeCoco } from '../../../lib/datasets/coco/write-coco';
import type { ExportOptions } from '../../../lib/datasets/format';
import type { Annotation } from '../../../lib/events/types';
import type { StoredLabel } from '../../../lib/label-store/stored-label';
import { memoryFiles } from '../../support/memory-files';
import { bbox, mask, polygon, reading, storedLabel } from '../../support/stored-labels';

async function write(labels: readonly StoredLabel[], options: ExportOptions = {}) {
  const files = memoryFiles();
  const report = await writeCoco(reading(labels), files, options);
  return { report, coco: JSON.parse(files.texts.get('coco.json') ?? '') };
}

const [category, image] = [{ category_id: 1, iscrowd: 0 }, { image_id: 1 }];

test('boxes, polygons and masks have the numbers that COCO asks for', async () => {
  const { coco, report } = await write([
    storedLabel(1, [
      bbox('a', [10, 20, 30, 5]),
      // A right triangle with legs of 10 and 4: half of 40.
      polygon('a', [
        [0, 0],
        [10, 0],
        [0, 4],
      ]),
      mask(
        'a',
        Array.from({ length: 50 }, (_, y) => (y < 2 ? `.##${'.'.repeat(97)}` : '.'.repeat(100))),
      ),
    ]),
  ]);
  expect(coco.images).toEqual([{ id: 1, file_name: 'cat-1.jpg', width: 100, height: 50 }]);
  expect(coco.categories).toEqual([{ id: 1, name: 'a' }]);
  expect(coco.annotations).toEqual([
    { id: 1, ...image, ...category, bbox: [10, 20, 30, 5], area: 150, segmentation: [] },
    {
      id: 2,
      ...image,
      ...category,
      bbox: [0, 0, 10, 4],
      area: 20,
      segmentation: [[0, 0, 10, 0, 0, 4]],
    },
    {
      id: 3,
      ...image,
      ...category,
      bbox: [1, 0, 2, 2],
      area: 4,
      // A column of 50, two set, 48 to the next head, two set, the rest of 5,000.
      segmentation: { size: [50, 100], counts: [50, 2, 48, 2, 4_898] },
    },
  ]);
  expect(report).toMatchObject({
    counts: { images: 1, annotations: 3, categories: 1, labels: 1 },
    leftOut: [],
    newest: '2026-01-01T00:00:00Z',
  });
});

test('a rotated box is its corners, and its area is that before the rotation', async () => {
  const corners: [number, number][] = [
    [20, 10],
    [23, 14],
    [15, 20],
    [12, 16],
  ];
  const rotated: Annotation = {
    kind: 'bbox',
    name: 'a',
    bbox: [12, 10, 11, 10],
    rotation: 53.13,
    corners: corners as never,
    classifications: [],
  };
  const { coco } = await write([storedLabel(1, [rotated])]);
  // Sides of 5 (3, 4) and 10 (8, 6).
  expect(coco.annotations[0]).toMatchObject({
    bbox: [12, 10, 11, 10],
    area: 50,
    segmentation: [corners.flat()],
  });
});

test('percent become pixels where the size is known, turned in pixels', async () => {
  const turned: Annotation = {
    kind: 'bbox',
    name: 'a',
    bbox: [50, 20, 10, 40],
    rotation: 90,
    unit: 'percent',
    classifications: [],
  };
  const { coco } = await write([storedLabel(1, [turned])]);
  // From (50, 10), 10 wide and 20 high; a quarter turn puts its width downwards and its height leftwards.
  const [found] = coco.annotations;
  expect(found.bbox.map((each: number) => Math.round(each * 1e6) / 1e6)).toEqual([30, 10, 20, 10]);
  expect(found.area).toBeCloseTo(200);
});

test('kinds without a COCO form are reported, not guessed', async () => {
  const unknown = { dataRow: { id: 'r2', media: undefined } };
  const point: Annotation = { kind: 'point', name: 'a', point: [1, 2], classifications: [] };
  const { coco, report } = await write([
    storedLabel(1, [
      point,
      polygon('a', [
        [0, 0],
        [1, 1],
      ]),
    ]),
    storedLabel(
      2,
      [
        bbox('a', [1, 2, 3, 4]),
        polygon('a', [
          [0, 0],
          [1, 1],
          [0, 1],
        ]),
      ],
      unknown,
    ),
    storedLabel(3, [], { label: { id: 'l3', skipped: true } }),
    storedLabel(4, [bbox('a', [0, 0, 1, 1])], { label: { id: 'l4', deleted: true } }),
  ]);
  expect(coco.images.map(({ file_name: name, width }: never) => [name, width])).toEqual([
    ['cat-1.jpg', 100],
    ['cat-2.jpg', undefined],
  ]);
  expect(coco.annotations).toHaveLength(1);
  expect(report.leftOut.map(({ reason, kind, count }) => [reason, kind, count])).toEqual([
    ['fewer-than-three-points', 'polygon', 1],
    ['kind-not-in-format', 'point', 1],
    ['size-unknown', 'polygon', 1],
    ['skipped', undefined, 1],
  ]);
  expect(report.notes).toMatchObject([{ reason: 'size-unknown', count: 1, examples: ['lb/r2'] }]);
});

test('a mask that is not of its picture is left out, and told', async () => {
  const whole = mask('a', ['##', '..']);
  const cut: Annotation = {
    kind: 'mask',
    name: 'a',
    // Three of its four pixels.
    rle: { size: [2, 2], counts: [1, 2] },
    classifications: [],
  };
  const empty = mask('a', ['..', '..']);
  const wide = mask('a', ['##.', '...']);
  const high = mask('a', ['##', '..', '..']);
  const { coco, report } = await write([storedLabel(1, [whole, cut, empty, wide, high])]);
  expect(coco.annotations).toMatchObject([{ area: 2, bbox: [0, 0, 2, 1] }]);
  expect(report.leftOut.map(({ reason, count }) => [reason, count])).toEqual([
    ['mask-empty', 1],
    ['mask-not-whole', 1],
    ['mask-of-another-size', 2],
  ]);
});

test('the newest time of the labels is told', async () => {
  const at = (n: number, updatedAt: string) => storedLabel(n, [], { label: { updatedAt } });
  const { report } = await write([
    at(1, '2026-01-02T00:00:00Z'),
    at(2, '2026-01-03T00:00:00Z'),
    at(3, '2026-01-01T00:00:00Z'),
  ]);
  expect(report.newest).toBe('2026-01-03T00:00:00Z');
});

test('sizes that are given are used', async () => {
  const { coco } = await write(
    [storedLabel(2, [], { dataRow: { id: 'r2', media: { type: 'image' } } })],
    { sizeOf: async ({ name }) => (name === 'cat-2.jpg' ? [640, 480] : undefined) },
  );
  expect(coco.images).toMatchObject([{ width: 640, height: 480 }]);
});

test('two pictures never share a name, and the row comes in front', async () => {
  const same = (n: number, source: string, content: string) =>
    storedLabel(n, [], { source, dataRow: { id: `r${n}`, content } });
  const { coco } = await write([
    same(1, 'a', 'https://x.example/one/cat.jpg'),
    same(2, 'a', 'https://x.example/two/cat.jpg?v=1'),
    same(3, 'a', 'https://x.example/dog.jpg'),
    same(1, 'b', 'https://x.example/one/cat.jpg'),
  ]);
  expect(coco.images.map(({ file_name: name }: never) => name)).toEqual([
    'a-r1-0-cat.jpg',
    'r2-cat.jpg',
    'dog.jpg',
    'b-r1-0-cat.jpg',
  ]);
});

test('a name that a picture gets with its row is not that of another picture', async () => {
  const of = (n: number, content: string) =>
    storedLabel(n, [], { source: 'a', dataRow: { id: `r${n}`, content } });
  const { coco } = await write([
    of(1, 'https://x.example/one/cat.jpg'),
    of(2, 'https://x.example/two/cat.jpg'),
    of(3, 'https://x.example/r1-cat.jpg'),
    of(4, 'https://x.example/a-r1-0-cat.jpg'),
  ]);
  expect(coco.images.map(({ file_name: name }: never) => name)).toEqual([
    // The digest of a/r1 and 0.
    `${createHash('sha256').update('a/r1\n0').digest('hex')}-cat.jpg`,
    'r2-cat.jpg',
    'r1-cat.jpg',
    'a-r1-0-cat.jpg',
  ]);
});

test('a name stays in its folder, is not hidden, and is not too long', async () => {
  const long = 'é'.repeat(200);
  const contents = [
    'https://x.example/../../..',
    'https://x.example/.hidden.png',
    'https://x.example/a\nb\u0000c.png',
    `https://x.example/${long}.png`,
    `data:image/png;base64,${'a/'.repeat(500)}`,
    'C:\\pictures\\cat.png',
    'https://x.example/same.png',
    'https://y.example/same.png',
  ];
  const rows = contents.map((content, n) =>
    storedLabel(n, [], { dataRow: { id: `../r/${n}`, content, media: { type: 'image' } } }),
  );
  const { coco } = await write(rows);
  const digest = createHash('sha256').update(`${long}.png`).digest('hex');
  expect(coco.images.map(({ file_name: name }: never) => name)).toEqual([
    '-r-0',
    'hidden.png',
    'a_b_c.png',
    `${'é'.repeat(30)}~${digest}.png`,
    '-r-4',
    'cat.png',
    '-r-6-same.png',
    '-r-7-same.png',
  ]);
});

test('a task of several pictures is several pictures', async () => {
  const at = (itemIndex: number): Annotation => ({ ...bbox('a', [0, 0, 2, 2]), itemIndex });
  const project = { id: '1', targets: [{ name: 'img', kind: 'Image', value: '$pages' }] };
  const { coco } = await write([
    storedLabel(1, [at(1), at(0), at(1)], {
      project,
      dataRow: {
        id: 'r1',
        content: { pages: ['https://x.example/p0.png', 'https://x.example/p1.png'] },
        media: {
          items: [
            { index: 0, width: 10, height: 20 },
            { index: 1, width: 30, height: 40 },
          ],
        },
      },
    }),
  ]);
  expect(coco.images).toMatchObject([
    { file_name: 'p0.png', width: 10, height: 20 },
    { file_name: 'p1.png', width: 30, height: 40 },
  ]);
  expect(coco.annotations.map(({ image_id: id }: never) => id)).toEqual([1, 2, 2]);
});

test('classes are those that are asked for, in their order', async () => {
  const labels = [storedLabel(1, [bbox('b', [0, 0, 1, 1]), bbox('c', [0, 0, 1, 1])])];
  const { coco, report } = await write(labels, { classes: ['z', 'b'] });
  expect(coco.categories).toEqual([
    { id: 1, name: 'z' },
    { id: 2, name: 'b' },
  ]);
  expect(coco.annotations).toMatchObject([{ category_id: 2 }]);
  expect(report.leftOut).toMatchObject([{ reason: 'class-not-listed', kind: 'bbox', count: 1 }]);
});

test('all labels of a row are exported, or the chosen one', async () => {
  const of = (id: string, updatedAt: string, groundTruth = false) =>
    storedLabel(1, [bbox(id, [0, 0, 1, 1])], { label: { id, updatedAt, groundTruth } as never });
  const row = [
    of('old', '2026-01-01T00:00:00Z', true),
    of('new', '2026-01-03T00:00:00Z'),
    of('middle', '2026-01-02T00:00:00Z'),
  ].map((stored, index) => ({
    ...stored,
    label: {
      ...stored.label,
      annotations: [bbox(['old', 'new', 'middle'][index] ?? '', [0, 0, 1, 1])],
    },
  }));
  const names = async (options: ExportOptions) => {
    const { coco, report } = await write(row, options);
    const byId = new Map(coco.categories.map(({ id, name }: never) => [id, name]));
    return [coco.annotations.map(({ category_id: id }: never) => byId.get(id)), report] as const;
  };
  expect((await names({}))[0]).toEqual(['old', 'new', 'middle']);
  expect((await names({}))[1].notes).toMatchObject([{ reason: 'several-labels', count: 1 }]);
  expect((await names({ label: 'newest' }))[0]).toEqual(['new']);
  expect((await names({ label: 'ground-truth' }))[0]).toEqual(['old']);
});

test('the same labels give the same bytes', async () => {
  const labels = [1, 2, 3].map((n) => storedLabel(n, [bbox(`c${n}`, [n, n, n, n])]));
  const [a, b] = [memoryFiles(), memoryFiles()];
  await writeCoco(reading(labels), a, {});
  await writeCoco(reading(labels), b, {});
  expect([...a.texts]).toEqual([...b.texts]);
});

test('text is no picture', async () => {
  const span: Annotation = { kind: 'text-span', name: 'a', start: 0, end: 3, classifications: [] };
  const { coco, report } = await write([
    storedLabel(1, [span], { dataRow: { id: 'r1', content: 'some text', media: {} } }),
  ]);
  expect(coco.images).toEqual([]);
  expect(report.leftOut.map(({ reason, kind }) => [reason, kind])).toEqual([
    ['no-picture', undefined],
    ['no-picture', 'text-span'],
  ]);
});
