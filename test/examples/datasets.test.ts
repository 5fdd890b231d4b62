import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Annotation } from '../../lib/events/types';
import { dist } from '../support/dist';
import { stopServers } from '../support/faces';
import { type Line, type SentFixture, startLabels } from '../support/labels-for-cli';
import { pack } from '../support/pack-brush';
import { pythonWith } from '../support/python';
import { CLI } from '../support/run-cli';

/** On PyPI, PyTorch comes with the libraries of CUDA, which are 3 GB. The nightly run takes them. */
const HAS_TORCH = process.env.TORCHVISION !== undefined;
const PACKAGES = [
  ...['boto3==1.44.5', 'datasets==5.2.0', 'pandas==3.1.1', 'pycocotools==2.0.11'],
  ...(HAS_TORCH ? ['torch==2.15.0', 'torchvision==0.29.2'] : []),
];
const TSX = pathToFileURL(require.resolve('tsx')).href;
const PAGE = readFileSync(join(__dirname, '../../docs/datasets.md'), 'utf8');
const TASKS = ['detect', 'segment', 'obb'] as const;

let labels: Awaited<ReturnType<typeof startLabels>>;
let python: string;
let fixtures: readonly SentFixture[];
let lines: Line[];
const out = mkdtempSync(join(tmpdir(), 'datasets-'));

beforeAll(async () => {
  python = join(pythonWith(PACKAGES), 'python');
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  const { port } = pictures.address() as AddressInfo;
  const task = { id: 77_001, data: { image: `http://127.0.0.1:${port}/drawn.png` } };
  labels = await startLabels();
  fixtures = await labels.sendFixtures();
  for (const body of [{ ...drawn, task }, ...givenAgain]) {
    expect((await labels.labelStudio(body)).status).toBe(202);
  }
  await labels.settled();
  lines = await labels.list();
}, 600_000);
afterAll(async () => {
  await stopServers();
  pictures.close();
});

/** A black picture of 4 x 3 pixels. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAAC0lEQVR4nGNgQAEAAA8AAbVWKT4AAAAASUVORK5CYII=',
  'base64',
);
const pictures = createServer((_, response) => response.end(PNG));
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
  project: { id: 77_001, title: 'drawn' },
};

/** An id that is given again after its deletion, and a late copy of the first delivery. */
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
const created = (task: number, time: string) => ({
  action: 'ANNOTATION_CREATED',
  annotation: { id: 500, task, result: [], created_at: time, updated_at: time },
  task: { id: task, data: { t: `of ${task}` } },
  project: { id: 77, title: 'p', label_config: '<View/>' },
});
const first = created(700, hoursAgo(2));
const givenAgain = [
  first,
  { action: 'ANNOTATIONS_DELETED', annotations: [{ id: 500 }], project: { id: 77 } },
  // Later than the receipt of the deletion.
  created(701, hoursAgo(-1)),
  first,
];

/** The four channels of each pixel, row by row. */
function alphas(rows: readonly string[]): number[] {
  return rows.flatMap((row) => [...row].flatMap((pixel) => Array(4).fill(pixel === '#' ? 255 : 0)));
}

const run = async (...args: string[]): Promise<Line> => {
  const ended = await labels.cli('labels', 'export', ...args, '--json');
  expect([args, ended.code, ended.stderr]).toEqual([args, 0, '']);
  return ended.json;
};

/** Numbers in millionths, since percentages of pixels are not exact. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === 'number' ? Math.round(member * 1e6) / 1e6 : member,
  );

test('the store has the labels of every fixture as its events are expected, and nothing else', () => {
  const expected = fixtures.flatMap(({ source, events }) =>
    events.flatMap(({ queue, event }) => {
      const { subject, sequence, data } = event as Line;
      if (!/^label-(created|updated)$/.test(queue) || !subject) return [];
      const { project, dataset, dataRow } = data;
      const about = { source, subject, sequence, project, dataset, dataRow };
      return data.labels.map((label: object) => ({ ...about, label }));
    }),
  );
  expect(expected.length).toBeGreaterThan(20);
  const ofFixtures = lines.filter(({ source }) => source !== 'label-studio');
  const inOrder = (all: Line[]) => all.sort((a, b) => (a.source < b.source ? -1 : 1));
  expect(rounded(inOrder(ofFixtures))).toEqual(rounded(inOrder(expected)));
});

test('an id that is given again is the label that was created last', () => {
  const ofProject = lines.filter(({ project }) => project.id === '77');
  expect(ofProject).toMatchObject([
    {
      subject: 'label/500',
      dataRow: { id: '701', content: { t: 'of 701' } },
      label: { id: '500' },
    },
  ]);
});

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
      maxBuffer: 1e8,
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
});

test('the programs of the page run, and the shell commands before them', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'page-'));
  // In the package's own folder, so that it finds itself by its name.
  const programs = mkdtempSync(join(dist(), '.datasets-'));
  const endpoint = (name: string) => `http://127.0.0.1:${labels.env[name as 'AWS_PORT']}`;
  const env = {
    ...process.env,
    ...labels.env,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint('DYNAMODB_PORT'),
    AWS_ENDPOINT_URL_S3: endpoint('AWS_PORT'),
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // The pictures of the fixtures do not exist.
    https_proxy: 'http://127.0.0.1:9',
    HF_HOME: join(cwd, 'cache'),
    HF_HUB_OFFLINE: '1',
    PROJECT: 'cle355i370h86070hf1v7ata1',
    BUCKET: 'labelrelay-dev-deliveries',
  };
  const programOf = {
    sh: (text) => ['bash', '-euc', text.replaceAll('npx labelrelay', `node ${CLI}`)],
    python: (text) => [python, '-c', text],
    ts: (text) => {
      writeFileSync(join(programs, 'program.mts'), text);
      return [process.execPath, '--import', TSX, join(programs, 'program.mts')];
    },
  } satisfies Record<string, (text: string) => string[]>;
  const blocks = [...PAGE.matchAll(/```(sh|python|ts)\n(.*?)```/gs)]
    .map(([, language, text = '']) => ({ language: language as keyof typeof programOf, text }))
    .filter(({ text }) => HAS_TORCH || !text.includes('torchvision'));
  const printed: string[] = [];
  for (const { language, text } of blocks) {
    const [program = '', ...args] = programOf[language](text);
    // This process answers with the picture meanwhile.
    const { stdout } = await promisify(execFile)(program, args, { cwd, env });
    printed.push(stdout);
  }
  rmSync(programs, { recursive: true });
  const printedBy = (text: string) =>
    printed[blocks.findIndex((block) => block.text.includes(text))];

  expect(readFileSync(join(cwd, 'dataset/yolo/images/train/drawn.png'))).toEqual(PNG);
  const stored: Line[] = readFileSync(join(cwd, 'dataset/labels.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const boxes = stored
    .flatMap(({ label }) => label.annotations ?? [])
    .filter(({ kind }) => kind === 'bbox').length;
  expect(printedBy('import pandas')).toMatch(new RegExp(`^bbox +${boxes}$`, 'm'));
  expect(printedBy('load_dataset')).toContain(`, ${boxes} boxes`);
  expect(printedBy('annToMask')).toMatch(/^\d+ 3 3$/m);
  expect(printedBy('createInterface')).toContain('77001 Box [ 1, 0, 2, 3 ]');
  expect(printedBy('store.list(query)')).toMatch(/^Map\(\d+\) \{\n.* => 1,/);
  expect(printedBy('import boto3')).toContain('/labelbox/label/cle357uex0g5307z996y28ic0');
  if (HAS_TORCH) expect(printedBy('torchvision')).toMatch(/^\(4, 3\) \[.*\[1, 0, 2, 3\]/m);
}, 300_000);
