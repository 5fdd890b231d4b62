import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { Picture, Size } from '../../lib/datasets/format';
import { LabelrelayError } from '../../lib/errors';

/** Sizes by a picture's name, data row, external id or URL. */
export type Sizes = ReadonlyMap<string, Size>;

/**
 * Reads a table of sizes: the picture, its width and its height in pixels. A first line that has no numbers is a heading.
 *
 * @throws LabelrelayError `usage` that names the first line that is wrong
 */
export async function readSizes(path: string): Promise<Sizes> {
  const sizes = new Map<string, Size>();
  const lines = createReadStream(path).pipe(
    parse({ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true }),
  );
  let number = 0;
  try {
    for await (const [picture = '', width, height] of lines as AsyncIterable<string[]>) {
      number++;
      const size = [Number(width), Number(height)] as const;
      if (picture && size.every((each) => Number.isInteger(each) && each > 0)) {
        sizes.set(picture, size);
      } else if (number > 1 || /^\d+$/.test(width ?? '')) {
        throw new Error(`line ${number} is another`);
      }
    }
  } catch (cause) {
    const message = `expected lines such as cat.jpg,640,480 in ${path}, got: ${(cause as Error).message}`;
    throw new LabelrelayError('usage', message, { cause });
  }
  return sizes;
}

export const findSize = (sizes: Sizes, { name, url = '', rowId = '' }: Picture): Size | undefined =>
  sizes.get(name) ?? sizes.get(url) ?? sizes.get(url.split('?')[0] ?? '') ?? sizes.get(rowId);
