import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { listObjects } from '../../lib/aws/s3/list-objects';
import { s3At } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import { stopServers } from '../support/faces';
import { type Line, startLabels } from '../support/labels-for-cli';
import { CLI, runCli } from '../support/run-cli';

let labels: Awaited<ReturnType<typeof startLabels>>;
beforeAll(async () => {
  labels = await startLabels();
});
afterAll(stopServers);

const folder = (): string => mkdtempSync(join(tmpdir(), 'labels-'));
const second = (n: number): string => `2026-01-01T00:00:${String(n).padStart(2, '0')}Z`;

/** A box of Label Studio in percent of a picture of 200 x 100 pixels. */
const box = (x: number, y: number, width: number, height: number, sized = true) => ({
  id: `box-${x}-${y}`,
  type: 'rectanglelabels',
  from_name: 'box',
  to_name: 'image',
  ...(sized && { original_width: 200, original_height: 100 }),
  value: { x, y, width, height, rotation: 0, rectanglelabels: ['Cat'] },
});

const annotation = (id: number, task: number, project: number, at: number, result: object[]) => ({
  action: 'ANNOTATION_UPDATED',
  annotation: {
    id,
    task,
    created_at: second(0),
    updated_at: second(at),
    result,
  },
  task: {
    id: task,
    data: { image: `https://pictures.example/${task}.png` },
    created_at: second(0),
    updated_at: second(at),
  },
  project: { id: project, title: `project ${project}` },
});

async function settled(project: string, isThere: (lines: Line[]) => boolean): Promise<Line[]> {
  // To list takes a process, so that this waits first.
  await labels.settled();
  return eventually(() => labels.list('--project', project), isThere);
}

const exportCoco = (out: string, project: string, ...args: string[]) =>
  labels.cli('labels', 'export', '--format', 'coco', '--out', out, '--project', project, ...args);

test('labels are listed in the order of data rows, each a line of JSON or a row of a table', async () => {
  for (const task of [10, 9, 100]) {
    const sent = await labels.labelStudio(annotation(task, task, 1, 1, [box(10, 20, 30, 40)]));
    expect(sent.status).toBe(202);
  }
  const lines = await settled('1', ({ length }) => length === 3);
  expect(lines.map(({ dataRow }) => dataRow.id)).toEqual(['9', '10', '100']);
  expect(lines[0]).toMatchObject({
    source: 'label-studio',
    subject: 'label/9',
    project: { id: '1', name: 'project 1' },
    dataRow: { id: '9', content: { image: 'https://pictures.example/9.png' } },
    // 10 % of 200, 20 % of 100, 30 % of 200, 40 % of 100.
    label: { id: '9', annotations: [{ kind: 'bbox', name: 'Cat', bbox: [20, 20, 60, 40] }] },
    sequence: expect.stringContaining('/'),
  });

  const table = await labels.cli('labels', 'list', '--project', '1');
  expect(table.stdout.split('\n')[0]).toMatch(/^SOURCE +PROJECT +DATA ROW +LABEL +ANNOTATIONS/);
  expect(table.stdout.split('\n')[1]).toMatch(/^label-studio +project 1 +9 +9 +1 +live/);
  expect((await labels.cli('labels', 'list', '--project', 'none')).stdout).toBe('no labels\n');
  expect(await labels.list('--source', 'labelbox', '--project', '1')).toEqual([]);
  expect((await labels.cli('labels', 'list', '--source', 'nobody')).code).toBe(4);

  const { json } = await labels.cli('labels', 'show', 'label/9', '--json');
  expect(json).toEqual(lines[0]);
  const unknown = await labels.cli('labels', 'show', 'label/12345');
  expect([unknown.code, unknown.stderr]).toEqual([4, expect.stringContaining('label/12345')]);
});

test('a deleted label is listed with --deleted alone', async () => {
  await labels.labelStudio(annotation(20, 20, 2, 1, [box(0, 0, 10, 10)]));
  await settled('2', ({ length }) => length === 1);
  await labels.labelStudio({
    action: 'ANNOTATIONS_DELETED',
    annotations: [{ id: 20 }],
    project: { id: 2, title: 'project 2' },
  });
  expect(await settled('2', ({ length }) => length === 0)).toEqual([]);
  expect(await labels.list('--project', '2', '--deleted')).toEqual([
    {
      source: 'label-studio',
      subject: 'label/20',
      project: { id: '2', name: 'project 2' },
      dataRow: { id: '20' },
      label: { id: '20', deleted: true },
      sequence: expect.stringMatching(/-2$/),
      deleted: true,
    },
  ]);
});

test('a label of 5 MB is stored, listed, exported, updated and deleted, and nothing is left', async () => {
  const stored = async (): Promise<number> => {
    let bytes = 0;
    const s3 = s3At(labels.server.aws);
    for await (const each of listObjects(s3, 'labelrelay-dev-deliveries', 'state/')) {
      bytes += each.bytes;
    }
    return bytes;
  };
  expect(await stored()).toBe(0);
  const points = (count: number, seed: number) =>
    Array.from({ length: count }, (_, n) => [(n * seed) % 100, (n * 7) % 100]);
  const outline = (count: number, seed: number) => ({
    ...box(0, 0, 1, 1),
    id: 'outline',
    type: 'polygonlabels',
    value: { points: points(count, seed), polygonlabels: ['Cat'] },
  });
  const deliverable = async (at: number, count: number) => {
    const body = annotation(30, 30, 3, at, [outline(count, 0.123456789)]);
    expect((await labels.labelStudio(body)).status).toBe(202);
    return settled('3', ([line]) => line?.label.annotations[0].points.length === count);
  };
  await deliverable(1, 220_000);
  const first = await stored();
  // It is compressed.
  expect(first).toBeGreaterThan(500_000);
  expect(first).toBeLessThan(5_000_000);
  const out = folder();
  const { code } = await exportCoco(out, '3');
  expect(code).toBe(0);
  const coco = JSON.parse(readFileSync(join(out, 'coco.json'), 'utf8'));
  expect(coco.annotations[0].segmentation[0]).toHaveLength(440_000);

  await deliverable(2, 225_000);
  // One version, and not both.
  expect(await stored()).toBeLessThan(1.5 * first);
  await labels.labelStudio({
    action: 'ANNOTATIONS_DELETED',
    annotations: [{ id: 30 }],
    project: { id: 3 },
  });
  expect(await eventually(stored, (bytes) => bytes === 0)).toBe(0);
  expect(await labels.list('--project', '3')).toEqual([]);
}, 300_000);

test('a project with labels of v1 and v2 is reported', async () => {
  await labels.labelbox({
    id: 'v1',
    label: '{"objects":[],"classifications":[]}',
    createdAt: second(0),
    updatedAt: second(1),
    project: { id: 'mixed' },
    dataRow: { id: 'row' },
  });
  await labels.labelbox({
    data_row: { id: 'row', details: { last_activity_at: second(3) } },
    projects: {
      mixed: {
        name: 'mixed',
        labels: [
          {
            id: 'v2',
            label_details: { created_at: second(2), updated_at: second(2) },
            annotations: { objects: [], classifications: [] },
          },
        ],
        project_details: {},
      },
    },
  });
  await settled('mixed', ({ length }) => length === 2);
  const listed = await labels.cli('labels', 'list', '--project', 'mixed', '--json');
  expect([listed.code, listed.stderr]).toEqual([
    0,
    expect.stringContaining('version 1 and of version 2'),
  ]);
  const doctor = await labels.cli('doctor', '--no-probe', '--json');
  expect(doctor.json.filter(({ check }: Line) => check === 'labels')).toEqual([
    expect.objectContaining({
      state: 'warning',
      found: expect.stringContaining('the project mixed of labelbox has labels'),
    }),
  ]);
});

test('sizes come from a table or from the first bytes of the pictures, and are not guessed', async () => {
  // A GIF begins with its size: 320 x 240. The rest is never read.
  let sent = 0;
  const pictures = createServer((_, response) => {
    response.write(Buffer.from('474946383961' + '4001' + 'f000' + '800000', 'hex'));
    const more = setInterval(() => {
      sent += 65_536;
      response.write(Buffer.alloc(65_536));
    }, 1);
    response.on('close', () => clearInterval(more));
  });
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  const { port } = pictures.address() as AddressInfo;
  const row = (id: number, image: string) => {
    const body = annotation(id, id, 4, 1, [box(50, 50, 10, 10, false)]);
    return { ...body, task: { ...body.task, data: { image } } };
  };
  await labels.labelStudio(row(40, `http://127.0.0.1:${port}/cat.gif`));
  await labels.labelStudio(row(41, 'https://pictures.example/dog.png'));
  await settled('4', ({ length }) => length === 2);

  const exported = async (...args: string[]) => {
    const out = folder();
    const ended = await exportCoco(out, '4', ...args);
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const read = (name: string) => JSON.parse(readFileSync(join(out, name), 'utf8'));
    return { coco: read('coco.json'), report: read('export.json') };
  };
  const bare = await exported();
  expect(bare.coco.annotations).toEqual([]);
  expect(bare.report.leftOut).toMatchObject([{ reason: 'size-unknown', kind: 'bbox', count: 2 }]);
  expect(sent).toBe(0);

  const csv = join(folder(), 'sizes.csv');
  writeFileSync(csv, 'picture,width,height\ndog.png,640,480\n');
  const { coco, report } = await exported('--sizes', csv, '--fetch-sizes');
  expect(coco.images).toMatchObject([
    { file_name: 'cat.gif', width: 320, height: 240 },
    { file_name: 'dog.png', width: 640, height: 480 },
  ]);
  // 50 % and 10 % of both.
  expect(coco.annotations.map(({ bbox }: Line) => bbox)).toEqual([
    [160, 120, 32, 24],
    [320, 240, 64, 48],
  ]);
  expect(report.leftOut).toEqual([]);
  expect(sent).toBeLessThan(10_000_000);
  pictures.closeAllConnections();
  pictures.close();

  writeFileSync(csv, 'dog.png,640,480\ncat.gif,wide,high\n');
  const wrong = await labels.cli(
    'labels',
    'export',
    '--format',
    'coco',
    '--out',
    folder(),
    '--sizes',
    csv,
  );
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('line 2')]);
});

test('each format has its files, and exports repeat byte by byte', async () => {
  for (const [id, result] of [
    [50, [box(0, 0, 50, 50)]],
    [
      51,
      [
        {
          ...box(0, 0, 10, 10),
          type: 'keypointlabels',
          value: { x: 1, y: 2, keypointlabels: ['Eye'] },
        },
      ],
    ],
  ] as const) {
    await labels.labelStudio(annotation(id, id, 5, 1, [...result]));
  }
  await settled('5', ({ length }) => length === 2);
  const run = (...args: string[]) => labels.cli('labels', 'export', '--project', '5', ...args);

  const yolo = folder();
  const { code, json } = await run('--format', 'yolo', '--out', yolo, '--val', '0', '--json');
  expect(code).toBe(0);
  expect(readdirSync(yolo).sort()).toEqual(['data.yaml', 'export.json', 'images.txt', 'labels']);
  // The middle and the size, as shares of the picture.
  const text = () => readFileSync(join(yolo, 'labels/train/50.txt'), 'utf8');
  expect(text()).toBe('0 0.25 0.25 0.5 0.5\n');
  expect(JSON.parse(readFileSync(join(yolo, 'export.json'), 'utf8'))).toEqual(json);
  expect(json.leftOut).toMatchObject([{ reason: 'kind-not-in-format', kind: 'point', count: 1 }]);

  // A label that is gone leaves no file, and labels of somebody else are left alone.
  await labels.labelStudio({ action: 'TASKS_DELETED', tasks: [{ id: 51 }], project: { id: 5 } });
  await settled('5', ({ length }) => length === 1);
  expect((await run('--format', 'yolo', '--out', yolo, '--val', '0')).code).toBe(0);
  expect(readdirSync(join(yolo, 'labels/train'))).toEqual(['50.txt']);
  const other = folder();
  writeFileSync(join(other, 'labels'), '');
  expect((await run('--format', 'yolo', '--out', other)).code).toBe(2);

  const file = join(folder(), 'some.ndjson');
  expect((await run('--format', 'ndjson', '--out', file)).stdout).toContain('1 labels');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual((await labels.list('--project', '5'))[0]);
  const again = join(folder(), 'some.ndjson');
  await run('--format', 'ndjson', '--out', again);
  expect(readFileSync(again)).toEqual(readFileSync(file));

  expect((await run('--format', 'coco', '--out', folder(), '--classes', '/none')).code).toBe(2);
  const classes = join(folder(), 'classes.txt');
  for (const [text, got] of [
    ['', 'none'],
    ['Cat\n Dog \nCat\n', 'Cat twice'],
  ] as const) {
    writeFileSync(classes, text);
    const ended = await run('--format', 'coco', '--out', folder(), '--classes', classes);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(`got ${got}`)]);
  }
  for (const out of [join(classes, 'below'), '']) {
    const ended = await run('--format', 'yolo', '--out', out);
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringContaining('a folder to write to'),
    ]);
  }
  const unknown = await labels.cli('labels', 'list', '--after', 'garbage');
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('got garbage')]);
  expect((await run('--format', 'voc', '--out', folder())).code).toBe(2);
  expect((await run('--format', 'coco', '--out', folder(), '--val', '2')).code).toBe(2);
});

test('an export that was interrupted goes on where it stood', async () => {
  const out = folder();
  const path = join(out, '.export.spool');
  const lines = await settled('1', ({ length }) => length === 3);
  // As an export of that project leaves it that was stopped after its first row.
  const head = { query: '{"project":"1"}', started: '2026-01-01T00:00:00Z' };
  const first = { ...lines[0], label: { ...lines[0].label, id: 'read before' } };
  const row = { labels: [first], cursor: 'label-studio\n0019 /label-studio/label/9' };
  writeFileSync(path, `${JSON.stringify(head)}\n${JSON.stringify(row)}\n{"labels":[{"cut`);
  const args = ['labels', 'export', '--format', 'ndjson', '--out', out, '--project', '1'];
  const { code, stderr } = await labels.cli(...args);
  expect([code, stderr]).toEqual([0, expect.stringContaining('goes on with the export of 2026')]);
  const ids = () =>
    readFileSync(join(out, 'labels.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).label.id);
  expect(ids()).toEqual(['read before', '10', '100']);
  expect(readdirSync(out).sort()).toEqual(['export.json', 'labels.ndjson']);
  await labels.cli(...args);
  expect(ids()).toEqual(['9', '10', '100']);
});

test('an export that is interrupted while it asks for sizes ends at once, and goes on later', async () => {
  // A server that never answers.
  const pictures = createServer(() => {});
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
  const { port } = pictures.address() as AddressInfo;
  const body = annotation(60, 60, 6, 1, [box(50, 50, 10, 10, false)]);
  const image = `http://127.0.0.1:${port}/cat.gif`;
  await labels.labelStudio({ ...body, task: { ...body.task, data: { image } } });
  await settled('6', ({ length }) => length === 1);

  const out = folder();
  const args = ['labels', 'export', '--format', 'yolo', '--out', out, '--project', '6'];
  const asked = once(pictures, 'request');
  const running = labels.start(...args, '--fetch-sizes');
  await asked;
  running.process.kill('SIGINT');
  expect(await running.ended).toMatchObject({
    code: 130,
    stderr: 'interrupted: the same command goes on where it stood\n',
  });
  pictures.closeAllConnections();
  pictures.close();

  const csv = join(folder(), 'sizes.csv');
  writeFileSync(csv, 'cat.gif,640,480\n');
  const again = await labels.cli(...args, '--val', '0', '--sizes', csv);
  expect([again.code, again.stderr]).toEqual([
    0,
    expect.stringMatching(/^goes on with the export of .*, after 1 labels/),
  ]);
  expect(readFileSync(join(out, 'labels/train/cat.txt'), 'utf8')).toBe('0 0.55 0.55 0.1 0.1\n');
});

test('a list that breaks off tells how it goes on, and a terminal shows its progress', async () => {
  // More than are read at once.
  const count = 105;
  await Promise.all(
    Array.from({ length: count }, (_, n) =>
      labels.labelStudio(annotation(7_000 + n, 7_000 + n, 7, 1, [])),
    ),
  );
  await labels.settled();
  const list = ['labels', 'list', '--project', '7', '--json'];
  const whole = await labels.list('--project', '7');
  expect(whole).toHaveLength(count);

  const endpoint = `http://127.0.0.1:${labels.env.DYNAMODB_PORT}`;
  let first: string | undefined;
  const breaking = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const isRead = request.headers['x-amz-target']?.includes('BatchGetItem') ?? false;
    if (isRead) first ??= String(body);
    // The first again is a retry, since a busy machine may answer late.
    if (isRead && String(body) !== first) {
      response.writeHead(400).end('{"__type":"ValidationException","message":"broken"}');
      return;
    }
    const headers = request.headers as Record<string, string>;
    const answer = await fetch(endpoint, { method: 'POST', body, headers });
    response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
  const { port } = breaking.address() as AddressInfo;
  const env = { ...labels.env, DYNAMODB_PORT: String(port) };
  const broken = await runCli([...list, '--local'], env);
  breaking.closeAllConnections();
  breaking.close();
  const [, after = ''] = /--after (\S+) goes on/.exec(broken.stderr) ?? [];
  const rest = await labels.cli(...list, '--after', after);
  expect(broken.code).toBe(1);
  expect(labels.linesOf(broken).length).toBeGreaterThan(90);
  expect([...labels.linesOf(broken), ...labels.linesOf(rest)]).toEqual(whole);

  const command = `node ${CLI} ${list.join(' ')} --local > /dev/null`;
  const terminal = ['-c', 'import pty, sys; pty.spawn(sys.argv[1:])', 'bash', '-c', command];
  const shown = execFileSync('python3', terminal, {
    env: { ...process.env, ...labels.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).toString();
  expect(shown).toContain(`reading [${'#'.repeat(24)}] ${count}/${count}`);
});
