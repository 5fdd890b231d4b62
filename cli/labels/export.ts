import { constants, existsSync } from 'node:fs';
import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import { type FormatName, formats } from '../../lib/datasets/formats';
import type { YoloOptions } from '../../lib/datasets/yolo/write-yolo';
import { LabelrelayError } from '../../lib/errors';
import type { LabelStore } from '../../lib/label-store/label-store';
import { define } from '../command/define';
import { globalsOf } from '../command/globals';
import { catchInterruption, interruption } from '../command/interruption';
import { fraction } from '../command/parse';
import { printJson, say } from '../terminal/print';
import { progress } from '../terminal/progress';
import { countingProgress } from './counting-progress';
import { folderFiles } from './folder-files';
import { openLabelStore } from './open-label-store';
import { printReport } from './print-report';
import { readSizes } from './read-sizes';
import { sizesOf } from './sizes-of';
import { openSpool, readingSpool, removeSpool } from './spool';

/** `labelrelay labels export` */
export const exportLabels = define('export', 'Write labels as a data set to train on', [
  [
    'labelrelay labels export --format coco --out coco --project 7 --stage prod',
    'coco/coco.json, and coco/export.json: the report',
  ],
  [
    'labelrelay labels export --format yolo --task segment --out yolo --classes classes.txt',
    'what YOLO trains on, with the classes in the order of a file',
  ],
  [
    'labelrelay labels export --format ndjson --out labels.ndjson --label newest',
    'a line of JSON for each data row',
  ],
])
  .addOption(
    new Option('--format <name>', 'the format')
      .choices(Object.keys(formats) as FormatName[])
      .makeOptionMandatory(),
  )
  .requiredOption('--out <path>', 'a folder; for coco and ndjson also a file, with its ending')
  .option('--source <name>', 'only this source')
  .option('--project <id>', 'only this project, by its id')
  .option('--classes <file>', 'the classes in their order, one a line (default: by name)')
  .addOption(
    new Option('--label <which>', 'one label of each data row (default: all)').choices([
      'newest',
      'ground-truth',
    ] as const),
  )
  .addOption(
    new Option('--task <name>', 'what YOLO is to learn')
      .choices(['detect', 'segment', 'obb'] as const)
      .default('detect' as const),
  )
  .option('--val <share>', 'the share of data rows for validation (yolo)', fraction, 0.2)
  .option('--sizes <csv>', 'sizes that events do not tell: picture,width,height')
  .option('--fetch-sizes', 'read such sizes from the first bytes of the pictures')
  .option('--restart', 'begin anew an export that was interrupted')
  .action(async (options, command) => {
    const globals = globalsOf(command);
    const { format, source, project, label, task, val } = options;
    const place = placeOf(options.out, format);
    const classes = options.classes === undefined ? undefined : await readClasses(options.classes);
    const sizes = options.sizes === undefined ? undefined : await readSizes(options.sizes);
    const { store } = await openLabelStore(globals, source);
    await prepare(place, format);
    const tellInterrupted = () => say('interrupted: the same command goes on where it stood');
    catchInterruption().addEventListener('abort', tellInterrupted, { once: true });
    await copy(store, { source, project }, place.spool, options.restart ?? false);

    const bar = progress('writing', undefined);
    const read = readingSpool(place.spool, (labels) => {
      bar.to(labels);
      interruption.throwIfAborted();
    });
    const written: YoloOptions = { classes, label, task, val };
    const sizeOf = await sizesOf(read, { ...written, sizes, fetch: options.fetchSizes });
    if (format === 'yolo') await removeLabels(place.folder);
    const files = folderFiles(place.folder, place.file);
    const report = await formats[format](read, files, { ...written, sizeOf });
    bar.end();
    await writeFile(join(place.folder, REPORT), `${JSON.stringify(report, undefined, 2)}\n`);
    await removeSpool(place.spool);
    if (globals.json) printJson(report);
    else printReport(report, options.out);
  });

const REPORT = 'export.json';
const SPOOL = '.export.spool';

interface Place {
  readonly folder: string;
  /** The only file, if the data set is one. */
  readonly file?: string;
  readonly spool: string;
}

/** @throws LabelrelayError `usage` */
function placeOf(out: string, format: FormatName): Place {
  if (extname(out) === '' || existsSync(join(out, '.'))) {
    return { folder: out, spool: join(out, SPOOL) };
  }
  if (format !== 'yolo') return { folder: dirname(out), file: out, spool: `${out}.spool` };
  throw new LabelrelayError('usage', `expected a folder for --format yolo, got the file ${out}`);
}

/** @throws LabelrelayError `usage` if it cannot be written, or if labels are there that no export wrote */
async function prepare({ folder, file }: Place, format: FormatName): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    const message = `expected a folder to write to, got: ${(cause as Error).message}`;
    throw new LabelrelayError('usage', message, { cause });
  }
  if (format !== 'yolo' || file !== undefined) return;
  const names = await readdir(folder);
  if (names.includes('labels') && !names.includes(REPORT) && !names.includes(SPOOL)) {
    const message = `expected ${folder} to be empty, or from an earlier export, got other labels there`;
    throw new LabelrelayError('usage', message);
  }
}

/** A picture that is gone would keep its labels. */
async function removeLabels(folder: string): Promise<void> {
  for (const part of ['train', 'val']) {
    await rm(join(folder, 'labels', part), { recursive: true, force: true });
  }
}

/** Copies what the spool does not have yet. */
async function copy(
  store: LabelStore,
  query: { source?: string; project?: string },
  path: string,
  isNew: boolean,
): Promise<void> {
  const spool = await openSpool(path, JSON.stringify(query), isNew);
  let { labels } = spool;
  if (spool.cursor !== undefined) {
    say(
      `goes on with the export of ${spool.started}, after ${labels} labels; --restart begins anew`,
    );
  }
  const bar = await countingProgress(store, query);
  try {
    for await (const row of store.rows({ ...query, after: spool.cursor })) {
      await spool.add(row);
      labels += row.labels.length;
      bar.to(labels);
      interruption.throwIfAborted();
    }
  } finally {
    bar.end();
    await spool.close();
  }
}

/** @throws LabelrelayError `usage` */
async function readClasses(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    const message = `expected a file of classes, got: ${cause.message}`;
    throw new LabelrelayError('usage', message, { cause });
  });
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const names = lines.map((line) => line.trim()).filter(Boolean);
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (names.length > 0 && again === undefined) return names;
  const got = again === undefined ? 'none' : `${again} twice`;
  throw new LabelrelayError(
    'usage',
    `expected each class once in ${path}, a line each, got ${got}`,
  );
}
