import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Annotation } from '../../lib/events/types';
import { eventually } from '../support/eventually';
import { stopServers } from '../support/faces';
import { type Line, startLabels } from '../support/labels-for-cli';
import { pack } from '../support/pack-brush';
import { pythonWith } from '../support/python';

const PACKAGES = ['boto3==1.44.5', 'pandas==3.1.1', 'pycocotools==2.0.11'];
const PAGE = readFileSync(join(__dirname, '../../docs/datasets.md'), 'utf8');
const TASKS = ['detect', 'segment', 'obb'] as const;

let labels: Awaited<ReturnType<typeof startLabels>>;
let python: string;
let lines: Line[];
const out = mkdtempSync(join(tmpdir(), 'datasets-'));

beforeAll(async () => {
  python = join(pythonWith(PACKAGES), 'python');
  labels = await startLabels();
  await labels.sendFixtures();
  await labels.labelStudio(drawn);
  let before = -1;
  // The last label is there, and no other one comes.
  lines = await eventually(labels.list, (found) => {
    const isSame = found.length === before;
    before = found.length;
    return isSame && found.some(({ subject }) => subject === 'label/77001');
  });
}, 300_000);
afterAll(stopServers);

/** A picture of 4 x 3 pixels, with a brush stroke over three of them, a box and an outline. */
const PIXELS = ['.##.', '..#.', '....'];
const sized = { original_width: 4, original_height: 3, to_name: 'image' };
const drawn = {
  action: 'ANNOTATION_CREATED',
  annotation: {
    id: 77_001,
    task: 77_001,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    result: [
      {
        ...sized,
        id: 'mask',
        type: 'brushlabels',
        from_name: 'brush',
        value: { format: 'rle', rle: pack(alphas(PIXELS)), brushlabels: ['Brush'] },
      },
      {
        ...sized,
        id: 'box',
        type: 'rectanglelabels',
        from_name: 'box',
        value: { x: 25, y: 0, width: 50, height: 100, rotation: 0, rectanglelabels: ['Box'] },
      },
      {
        ...sized,
        id: 'outline',
        type: 'polygonlabels',
        from_name: 'outline',
        value: {
          points: [
            [0, 0],
            [100, 0],
            [100, 100],
          ],
          polygonlabels: ['Outline'],
        },
      },
    ],
  },
  task: { id: 77_001, data: { image: 'https://pictures.example/drawn.png' } },
  project: { id: 77_001, title: 'drawn' },
};

/** The four channels of each pixel, row by row. */
function alphas(rows: readonly string[]): number[] {
  return rows.flatMap((row) => [...row].flatMap((pixel) => Array(4).fill(pixel === '#' ? 255 : 0)));
}

const run = async (...args: string[]): Promise<Line> => {
  const ended = await labels.cli('labels', 'export', ...args, '--json');
  expect([args, ended.code, ended.stderr]).toEqual([args, 0, '']);
  return ended.json;
};

test('every fixture is in every format, or the report says why not', async () => {
  const coco = await run('--format', 'coco', '--out', join(out, 'coco'));
  const yolo: Record<string, Line> = {};
  for (const task of TASKS) {
    yolo[task] = await run('--format', 'yolo', '--task', task, '--out', join(out, task));
  }
  await run('--format', 'ndjson', '--out', join(out, 'labels.ndjson'));
  const written = readFileSync(join(out, 'labels.ndjson'), 'utf8').trim().split('\n');
  const live = lines.filter(({ label }) => !label.skipped);
  expect(written.map((line) => JSON.parse(line))).toEqual(live);

  const asked = {
    coco: join(out, 'coco/coco.json'),
    yolo: Object.fromEntries(TASKS.map((task) => [task, join(out, task)])),
  };
  const script = join(__dirname, 'read_datasets.py');
  const answer = JSON.parse(
    execFileSync(python, [script], {
      input: JSON.stringify(asked),
      stdio: ['pipe', 'pipe', 'pipe'],
    }).toString(),
  );

  // Every annotation is there, or is counted in the report.
  const annotations: Annotation[] = live.flatMap(({ label }) => label.annotations ?? []);
  const leftOut = (report: Line) =>
    report.leftOut
      .filter(({ kind }: Line) => kind !== undefined)
      .reduce((sum: number, { count }: Line) => sum + count, 0);
  expect(annotations.length).toBeGreaterThan(15);
  expect(answer.coco.annotations.length + leftOut(coco)).toBe(annotations.length);
  expect(answer.coco.annotations).toHaveLength(coco.counts.annotations);
  for (const task of ['detect', 'obb']) {
    const found = Object.values(answer.yolo[task].files as Record<string, Line[]>).flat();
    expect([task, found.length + leftOut(yolo[task])]).toEqual([task, annotations.length]);
  }

  // The brush stroke, pixel by pixel, and its area.
  const { images, annotations: made } = JSON.parse(readFileSync(asked.coco, 'utf8'));
  const picture = images.find(({ file_name: name }: Line) => name === 'drawn.png');
  const [mask, box, outline] = made.filter(({ image_id: id }: Line) => id === picture.id);
  expect(answer.coco.masks[mask.id]).toEqual(
    PIXELS.map((row) => [...row].map((pixel) => (pixel === '#' ? 1 : 0))),
  );
  expect([mask.area, mask.bbox]).toEqual([3, [1, 0, 2, 2]]);
  // 25 % of 4, 50 % of 4, all of 3.
  expect([box.bbox, box.area, box.segmentation]).toEqual([[1, 0, 2, 3], 6, []]);
  // Half of 4 x 3.
  expect(outline.area).toBe(6);
  for (const { id, area, segmentation } of made) {
    if (Array.isArray(segmentation)) continue;
    const pixels = answer.coco.masks[id].flat().reduce((sum: number, each: number) => sum + each);
    expect(pixels).toBe(area);
  }
}, 120_000);

test('the programs of the page run, and the shell commands before them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const cli = join(__dirname, '../../dist/cli/labelrelay.cjs');
  const env = {
    ...process.env,
    ...labels.env,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${labels.env.DYNAMODB_PORT}`,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    PROJECT: 'cle355i370h86070hf1v7ata1',
    BUCKET: 'labelrelay-dev-deliveries',
  };
  const blocks = [...PAGE.matchAll(/```(sh|python)\n(.*?)```/gs)];
  expect(blocks.length).toBeGreaterThan(4);
  let printed = '';
  for (const [, language, text = ''] of blocks) {
    if (text.startsWith('# not in CI')) continue;
    const [program, args] =
      language === 'sh'
        ? (['bash', ['-euc', text.replaceAll('npx labelrelay', `node ${cli}`)]] as const)
        : ([python, ['-c', text]] as const);
    printed += execFileSync(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }
  expect(printed).toMatch(/^bbox +\d+$/m);
  expect(printed).toContain('/labelbox/label/cle357uex0g5307z996y28ic0');
}, 120_000);
