import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventually } from '../support/eventually';
import { stopServers } from '../support/faces';
import { type Line, startLabels } from '../support/labels-for-cli';
import {
  type Coco,
  convert,
  expectClose,
  type Named,
  shape,
  size,
  type YoloLine,
} from './label-studio-converter';

const TASKS = 100;
const TIME = '2026-01-01T00:00:00Z';
/** Each kind is compared at least so many times. */
const ENOUGH = 20;

/** A picture with a few shapes of different classes, as Label Studio exports it. */
const picture = fc.record({
  shapes: fc.array(shape, { minLength: 1, maxLength: 5 }),
  original_width: size,
  original_height: size,
});
const tasks = fc.sample(picture, TASKS).map(({ shapes, ...sized }, index) => ({
  id: index + 1,
  data: { image: `https://pictures.example/p${index + 1}.jpg` },
  annotations: [
    {
      id: index + 1,
      completed_by: { id: 1 },
      result: shapes.map(({ value, ...about }, at) => ({
        ...about,
        ...sized,
        id: `r${at}`,
        value: { ...value, [about.type]: [`class ${at}`] },
      })),
    },
  ],
}));
/** Each box, by its picture and class, and whether it is turned. */
const boxes = new Map<string, boolean>(
  tasks.flatMap(({ id, annotations: [annotation] }) =>
    (annotation?.result ?? []).flatMap(({ value }, at) =>
      'rotation' in value ? [[`p${id} class ${at}`, value.rotation !== 0] as const] : [],
    ),
  ),
);

let labels: Awaited<ReturnType<typeof startLabels>>;
let expected: ReturnType<typeof convert>['datasets'];
beforeAll(async () => {
  expected = convert({ tasks }).datasets;
  labels = await startLabels();
  for (const { annotations, ...task } of tasks) {
    const about = { created_at: TIME, updated_at: TIME, task: task.id };
    const annotation = { ...annotations[0], ...about };
    const body = { action: 'ANNOTATION_CREATED', annotation, task, project: { id: 1 } };
    expect((await labels.labelStudio(body)).status).toBe(202);
  }
  await eventually(labels.list, ({ length }) => length === TASKS);
}, 900_000);
afterAll(stopServers);

async function exported(...format: string[]): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'converter-'));
  const args = ['labels', 'export', '--out', out, '--val', '0', '--format', ...format];
  const { code, stderr } = await labels.cli(...args);
  expect([code, stderr]).toEqual([0, '']);
  return out;
}

async function exportedCoco(): Promise<(Coco & Named)[]> {
  const coco = JSON.parse(readFileSync(join(await exported('coco'), 'coco.json'), 'utf8'));
  const classes = new Map(coco.categories.map(({ id, name }: Line) => [id, name]));
  const images = new Map(
    coco.images.map(({ id, file_name: name }: Line) => [id, parse(name).name]),
  );
  return coco.annotations.map((each: Line) => ({
    ...each,
    image: images.get(each.image_id),
    name: classes.get(each.category_id),
  }));
}

async function exportedYolo(task: string): Promise<YoloLine[]> {
  const folder = await exported('yolo', '--task', task);
  const yaml = readFileSync(join(folder, 'data.yaml'), 'utf8');
  const classes = [...yaml.matchAll(/^ {2}\d+: "(.*)"$/gm)].map(([, name = '']) => name);
  const lines = join(folder, 'labels/train');
  return readdirSync(lines).flatMap((file) =>
    [...readFileSync(join(lines, file), 'utf8').matchAll(/^(\d+) (.*)$/gm)].map(
      ([, place, numbers = '']) => ({
        image: parse(file).name,
        name: classes[Number(place)] ?? '',
        numbers: numbers.split(' ').map(Number),
      }),
    ),
  );
}

const keyOf = ({ image, name }: Named): string => `${image} ${name}`;
const byKey = <T extends Named>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((each) => [keyOf(each), each]));

/** The converter does not cut off what is outside of the picture. */
function isInside({ numbers }: YoloLine): boolean {
  const [x = 0, y = 0, width = 0, height = 0] = numbers;
  const edges =
    numbers.length === 4 ? [x - width / 2, y - height / 2, x + width / 2, y + height / 2] : numbers;
  return edges.every((edge) => edge >= 0 && edge <= 1);
}

test('COCO has the numbers of the converter of Label Studio', async () => {
  const made = byKey(await exportedCoco());
  const shapes = expected.coco.filter(({ keypoints }) => !keypoints);
  expect([...made.keys()].sort()).toEqual(shapes.map(keyOf).sort());
  // The converter turns the box in percent, which is wrong on pictures that are not square.
  const upright = shapes.filter((each) => !boxes.get(keyOf(each)));
  const seen = { box: 0, polygon: 0 };
  for (const each of upright) {
    const { bbox, area, segmentation } = made.get(keyOf(each)) as Coco;
    expectClose(bbox, each.bbox);
    expectClose([area], [each.area]);
    expectClose(segmentation.flat(), each.segmentation.flat());
    seen[segmentation.length > 0 ? 'polygon' : 'box']++;
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(ENOUGH);
});

test.each([
  ['detect', () => expected.yolo.filter(({ numbers }) => numbers.length === 4)],
  ['segment', () => expected.yolo.filter(({ numbers }) => numbers.length > 4)],
  ['obb', () => expected.obb.filter((each) => boxes.has(keyOf(each)))],
])('YOLO has them for %s', async (task, shapesOf) => {
  const made = byKey(await exportedYolo(task));
  const shapes = shapesOf()
    .filter(isInside)
    // The converter does not turn a box unless it is asked for oriented ones.
    .filter((each) => task === 'obb' || !boxes.get(keyOf(each)));
  for (const each of shapes) {
    expectClose(made.get(keyOf(each))?.numbers ?? [], each.numbers);
  }
  expect(shapes.length).toBeGreaterThan(ENOUGH);
});
