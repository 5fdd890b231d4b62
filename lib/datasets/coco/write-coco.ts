import { type Box, boxAround } from '../../events/box-around';
import { type Classes, readClasses } from '../classes';
import type { ExportOptions, ReadLabels, Size, TextFile, WriteDataset } from '../format';
import { type MarkedPicture, readPictures } from '../pictures';
import { Tally } from '../report';
import { boxOfMask, isOfSize, isWhole } from '../rle';
import { type NoShape, noShape, type Shape, toShape } from '../shape';
import { areaOf } from './area';

/** The file's name in the folder of the data set. */
const FILE = 'coco.json';

/**
 * COCO's JSON of object detection: categories, pictures, and what is marked in them.
 *
 * @see https://cocodataset.org/#format-data
 */
export const writeCoco: WriteDataset = async (read, files, options) => {
  const tally = new Tally();
  const classes = await readClasses(read, options);
  const categories = classes.names.map((name, index) => ({ id: index + 1, name }));
  tally.count('categories', categories.length);
  const file = await files.create(FILE);
  await file.write(`{"categories":${JSON.stringify(categories)},\n"images":`);
  await writeList(images(read, options), file);
  await file.write(',\n"annotations":');
  await writeList(annotations(read, options, classes, tally), file);
  await file.write('}\n');
  await file.close();
  return tally.report('coco');
};

/** A list is never in memory. */
async function writeList(items: AsyncIterable<object>, file: TextFile): Promise<void> {
  let before = '[\n';
  for await (const item of items) {
    await file.write(before + JSON.stringify(item));
    before = ',\n';
  }
  await file.write(before === '[\n' ? '[]' : '\n]');
}

async function* images(read: ReadLabels, options: ExportOptions): AsyncGenerator<object> {
  for await (const { id, name, size, url } of readPictures(read, options, new Tally())) {
    yield {
      id,
      file_name: name,
      ...(size && { width: size[0], height: size[1] }),
      ...(url !== undefined && isLink(url) && { coco_url: url }),
    };
  }
}

/** A link that carries a signature is a secret, and expires. */
const isLink = (url: string): boolean => /^https?:/i.test(url) && !url.includes('?');

async function* annotations(
  read: ReadLabels,
  options: ExportOptions,
  classes: Classes,
  tally: Tally,
): AsyncGenerator<object> {
  let id = 0;
  for await (const picture of readPictures(read, options, tally)) {
    tally.count('images');
    for (const each of describe(picture, classes, tally)) {
      id++;
      tally.count('annotations');
      yield { id, image_id: picture.id, ...each };
    }
  }
}

function* describe(
  { marked, size, row }: MarkedPicture,
  classes: Classes,
  tally: Tally,
): Generator<object> {
  for (const { annotation, label } of marked) {
    const shape = expectCoco(toShape(annotation, size), size);
    const place = classes.find(annotation);
    if (shape.is === 'none' || place === undefined) {
      const reason = shape.is === 'none' ? shape.reason : 'class-not-listed';
      tally.leaveOut(reason, label.id ?? row, annotation.kind);
      continue;
    }
    if ((annotation.names?.length ?? 0) > 1) tally.note('several-classes', label.id ?? row);
    yield {
      category_id: place + 1,
      bbox: boxOf(shape),
      area: areaOf(shape),
      segmentation: segmentationOf(shape),
      iscrowd: 0,
    };
  }
}

/** COCO's tools draw outlines on a picture of a known size, and masks of that size alone. */
function expectCoco(shape: Shape | NoShape, size: Size | undefined): Shape | NoShape {
  if (shape.is === 'none' || shape.is === 'box') return shape;
  if (!size) return noShape('size-unknown');
  if (shape.is !== 'mask') return shape;
  if (!isOfSize(shape.rle, size)) return noShape('mask-of-another-size');
  if (!isWhole(shape.rle)) return noShape('mask-not-whole');
  return boxOfMask(shape.rle) ? shape : noShape('mask-empty');
}

function boxOf(shape: Shape): Box {
  if (shape.is === 'polygon') return boxAround(shape.points);
  if (shape.is === 'mask') return boxOfMask(shape.rle) ?? [0, 0, 0, 0];
  return shape.box;
}

function segmentationOf(shape: Shape): object {
  switch (shape.is) {
    case 'box':
      return [];
    case 'rotated-box':
      return [shape.corners.flat()];
    case 'polygon':
      return [shape.points.flat()];
    case 'mask':
      return { size: shape.rle.size, counts: shape.rle.counts };
  }
}
