import { boxAround, type Point } from '../../events/box-around';
import { type Classes, readClasses } from '../classes';
import type { ExportOptions, Files, Size, WriteDataset } from '../format';
import { type MarkedPicture, readPictures } from '../pictures';
import { Tally } from '../report';
import { boxOfMask, isOfSize } from '../rle';
import { cornersOf, type NoShape, noShape, type Shape, toShape } from '../shape';
import { clip } from './clip';
import { outlinesOf } from './outlines';
import { partOf } from './split';

export interface YoloOptions extends ExportOptions {
  /** `detect`: upright boxes; `segment`: outlines; `obb`: the corners of boxes. */
  readonly task?: 'detect' | 'segment' | 'obb';
  /** The share of data rows that is for validation: 0.2. */
  readonly val?: number;
}

/**
 * The files that Ultralytics' YOLO trains on, but the pictures: `images.txt` says where each is to be
 * fetched from, and where to.
 *
 * @see https://docs.ultralytics.com/datasets/
 */
export const writeYolo: WriteDataset<YoloOptions> = async (read, files, options) => {
  const { task = 'detect', val = 0.2 } = options;
  const tally = new Tally();
  const classes = await readClasses(read, options);
  await writeWhole(files, 'data.yaml', dataYaml(classes));
  const pictures = await files.create('images.txt');
  for await (const picture of readPictures(read, options, tally, stem)) {
    if (!picture.size) {
      for (const { annotation, label } of picture.marked) {
        tally.leaveOut('size-unknown', label.id ?? picture.row, annotation.kind);
      }
      tally.leaveOut('size-unknown', picture.row);
      continue;
    }
    const part = partOf(picture.row, val);
    const lines = linesOf(picture, picture.size, { task, classes, tally });
    await writeWhole(files, `labels/${part}/${stem(picture.name)}.txt`, lines.join(''));
    await pictures.write(`images/${part}/${picture.name}\t${oneWord(picture.url)}\n`);
    tally.count('images');
    tally.count(part);
    tally.count('annotations', lines.length);
  }
  await pictures.close();
  tally.count('classes', classes.names.length);
  return tally.report(`yolo ${task}`);
};

async function writeWhole(files: Files, path: string, text: string): Promise<void> {
  const file = await files.create(path);
  await file.write(text);
  await file.close();
}

function dataYaml({ names }: Classes): string {
  const lines = names.map((name, index) => `  ${index}: ${yamlString(name)}\n`);
  const listed = lines.length > 0 ? `names:\n${lines.join('')}` : 'names: {}\n';
  return `path: .\ntrain: images/train\nval: images/val\n${listed}`;
}

/** Characters that YAML takes for the end of a line, or does not take. */
const NOT_IN_YAML = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A string of JSON is one of YAML, but for some characters that JSON does not escape. */
const yamlString = (text: string): string =>
  JSON.stringify(text).replace(
    NOT_IN_YAML,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A URL of one line. */
const oneWord = (url = ''): string => url.replace(/\s/g, encodeURIComponent);

/** YOLO looks for a picture's labels under its name without the ending. */
const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

interface Writing {
  readonly task: NonNullable<YoloOptions['task']>;
  readonly classes: Classes;
  readonly tally: Tally;
}

function linesOf(picture: MarkedPicture, size: Size, writing: Writing): string[] {
  const { task, tally } = writing;
  return picture.marked.flatMap(({ annotation, label }) => {
    const example = label.id ?? picture.row;
    const shape = expectYolo(toShape(annotation, size), size, task);
    const found = toRows(shape, writing.classes.find(annotation), size, task);
    if ('reason' in found) {
      tally.leaveOut(found.reason, example, annotation.kind);
      return [];
    }
    if ((annotation.names?.length ?? 0) > 1) tally.note('several-classes', example);
    if (found.hasHoles) tally.note('holes-filled', example);
    return found.rows.map((numbers) => `${numbers.map(decimal).join(' ')}\n`);
  });
}

/** The numbers of each line, the class first. */
function toRows(
  shape: Shape | NoShape,
  place: number | undefined,
  size: Size,
  task: Writing['task'],
): Rows | { readonly reason: string } {
  if (shape.is === 'none') return shape;
  if (place === undefined) return { reason: 'class-not-listed' };
  const { rows, hasHoles } = ROWS[task](shape, size);
  if (rows.length === 0) return { reason: hasExtent(shape) ? 'outside-the-picture' : 'no-extent' };
  return { rows: rows.map((numbers) => [place, ...numbers]), hasHoles };
}

function expectYolo(shape: Shape | NoShape, size: Size, task: Writing['task']): Shape | NoShape {
  const isBox = shape.is === 'box' || shape.is === 'rotated-box';
  if (task === 'obb' && shape.is !== 'none' && !isBox) return noShape('kind-not-in-format');
  if (shape.is !== 'mask' || isOfSize(shape.rle, size)) return shape;
  return noShape('mask-of-another-size');
}

interface Rows {
  readonly rows: readonly number[][];
  /** Whether the shape has holes that its outlines do not say. */
  readonly hasHoles?: boolean;
}

type ToRows = (shape: Shape, size: Size) => Rows;

/** The numbers behind the class, line by line, between 0 and 1. */
const ROWS: Record<Writing['task'], ToRows> = {
  detect(shape, size) {
    const box = shape.is === 'mask' ? boxOfMask(shape.rle) : undefined;
    const seen = clip(box ? cornersOf(box) : outlineOf(shape), size);
    if (seen.length < 3) return { rows: [] };
    const [left, top, width, height] = boxAround(seen);
    if (width <= 0 || height <= 0) return { rows: [] };
    const row = [
      [left + width / 2, top + height / 2],
      [width, height],
    ] as const;
    return { rows: [scale(row, size)] };
  },
  segment(shape, size) {
    const { pieces, holes } =
      shape.is === 'mask'
        ? outlinesOf(shape.rle)
        : { pieces: [clip(outlineOf(shape), size)], holes: 0 };
    const rows = pieces.filter(({ length }) => length >= 3).map((points) => scale(points, size));
    return { rows, hasHoles: holes > 0 };
  },
  obb(shape, size) {
    const [width, height] = size;
    const corners = outlineOf(shape).map(
      ([x, y]): Point => [Math.min(Math.max(x, 0), width), Math.min(Math.max(y, 0), height)],
    );
    const [, , seenWidth, seenHeight] = boxAround(corners);
    return { rows: seenWidth > 0 && seenHeight > 0 ? [scale(corners, size)] : [] };
  },
};

function hasExtent(shape: Shape): boolean {
  const [, , width, height] = boxAround(outlineOf(shape));
  return width > 0 && height > 0;
}

function outlineOf(shape: Shape): readonly Point[] {
  if (shape.is === 'box') return cornersOf(shape.box);
  if (shape.is === 'rotated-box') return shape.corners;
  return shape.is === 'polygon' ? shape.points : [];
}

const scale = (points: readonly Point[], [width, height]: Size): number[] =>
  points.flatMap(([x, y]) => [x / width, y / height]);

/** Enough for a picture of a million pixels across; no exponent, which not every reader takes. */
const decimal = (number: number): string => number.toFixed(8).replace(/\.?0+$/, '');
