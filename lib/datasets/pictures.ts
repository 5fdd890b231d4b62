import type { Label } from '../events/types';
import { chooseLabels, rowOf } from './choose-labels';
import type { ExportOptions, Picture, ReadLabels, Size } from './format';
import { fileName, type Marked, type PictureSource, pictureSources } from './picture-sources';
import { repeatedNames } from './repeated-names';
import type { Tally } from './report';

/** A picture with everything that was marked in it. */
export interface MarkedPicture extends Picture {
  /** Counted from 1, in the order of sources and data rows. */
  readonly id: number;
  /** The data row, as `<source>/<id>`. */
  readonly row: string;
  readonly size?: Size;
  readonly marked: readonly Marked[];
}

/**
 * The pictures of a data set, one after the other.
 *
 * @param tally is told of labels and rows that give none
 * @param keyOf makes two names that a format cannot tell apart the same
 */
export async function* readPictures(
  read: ReadLabels,
  options: ExportOptions,
  tally: Tally,
  keyOf: (name: string) => string = (name) => name,
): AsyncGenerator<MarkedPicture> {
  const toName = await uniqueNames(read, options, keyOf);
  let id = 0;
  for await (const { row, sources, labels } of readRows(read, options, tally)) {
    if (sources.length === 0) leaveOutRow(row, labels, tally);
    for (const [index, source] of sources.entries()) {
      const { url, rowId, marked } = source;
      const picture = { name: toName(source, row, index), url, rowId };
      const size = source.size ?? (await options.sizeOf?.(picture));
      if (!size) tally.note('size-unknown', row);
      id++;
      yield { ...picture, id, row, size, marked };
    }
  }
}

function leaveOutRow(row: string, labels: readonly Label[], tally: Tally): void {
  tally.leaveOut('no-picture', row);
  for (const { annotations = [] } of labels) {
    for (const { kind } of annotations) tally.leaveOut('no-picture', row, kind);
  }
}

type ToName = (source: PictureSource, row: string, index: number) => string;

/** Where two names are the same, the data row's id comes in front, and where that does not help the source. */
async function uniqueNames(
  read: ReadLabels,
  options: ExportOptions,
  keyOf: (name: string) => string,
): Promise<ToName> {
  const candidates: ToName[] = [
    fileName,
    (source, row) => `${source.rowId ?? 'row'}-${fileName(source, row)}`,
  ];
  const last: ToName = (source, row, index) =>
    `${row.replaceAll('/', '-')}-${index}-${fileName(source, row)}`;
  const isRepeated: ((name: string) => boolean)[] = [];
  for (const candidate of candidates) {
    const toKey: ToName = (...picture) => keyOf(candidate(...picture));
    isRepeated.push(await repeatedNames(namesOf(toKey, read, options)));
  }
  return (...picture) => {
    const at = candidates.findIndex((toName, at) => !isRepeated[at]?.(keyOf(toName(...picture))));
    return (candidates[at] ?? last)(...picture);
  };
}

async function* namesOf(
  toName: ToName,
  read: ReadLabels,
  options: ExportOptions,
): AsyncGenerator<string> {
  for await (const { row, sources } of readRows(read, options)) {
    for (const [index, source] of sources.entries()) yield toName(source, row, index);
  }
}

interface Row {
  readonly row: string;
  readonly sources: readonly PictureSource[];
  readonly labels: readonly Label[];
}

async function* readRows(
  read: ReadLabels,
  options: ExportOptions,
  tally?: Tally,
): AsyncGenerator<Row> {
  for await (const stored of chooseLabels(read, options, tally)) {
    const [first] = stored;
    if (!first) continue;
    const labels = stored.map(({ label }) => label);
    yield { row: rowOf(first), sources: pictureSources(stored), labels };
  }
}
