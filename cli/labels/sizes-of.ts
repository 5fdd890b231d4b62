import type { ExportOptions, Picture, ReadLabels, Size } from '../../lib/datasets/format';
import { readPictures } from '../../lib/datasets/pictures';
import { Tally } from '../../lib/datasets/report';
import { interruption } from '../command/interruption';
import { progress } from '../terminal/progress';
import { fetchSize } from './fetch-size';
import { findSize, type Sizes } from './read-sizes';

/** How many pictures are asked for at once. */
const AT_ONCE = 16;

export interface SizeSources extends ExportOptions {
  readonly sizes?: Sizes;
  /** Whether sizes are read from the pictures. */
  readonly fetch?: boolean;
}

/** The sizes of pictures whose events do not tell them: of the table first, then of the pictures themselves. */
export async function sizesOf(
  read: ReadLabels,
  { sizes = new Map(), fetch, ...options }: SizeSources,
): Promise<ExportOptions['sizeOf']> {
  const fetched = new Map<string, Size>();
  const sizeOf = async (picture: Picture): Promise<Size | undefined> =>
    findSize(sizes, picture) ?? fetched.get(picture.url ?? '');
  if (!fetch) return sizeOf;

  const bar = progress('sizes', undefined);
  const fetching = new Set<Promise<void>>();
  let done = 0;
  for await (const { size, url } of readPictures(read, { ...options, sizeOf }, new Tally())) {
    if (size || url === undefined) continue;
    const one = fetchSize(url).then((found) => {
      if (found) fetched.set(url, found);
      fetching.delete(one);
      bar.to(++done);
    });
    fetching.add(one);
    if (fetching.size >= AT_ONCE) await Promise.race(fetching);
  }
  await Promise.all(fetching);
  bar.end();
  interruption.throwIfAborted();
  return sizeOf;
}
