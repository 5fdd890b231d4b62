import { createHash } from 'node:crypto';
import type { Label } from '../events/types';
import { chooseLabels, rowOf } from './choose-labels';
import { fileName, safeName } from './file-name';
import type { ExportOptions, Picture, ReadLabels, Size } from './format';
import { type Marked, type PictureSource, pictureSources } from './picture-sources';
import { type RepeatedNames, repeatedNames } from './repeated-names';
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

/** Where two names are the same, the data row's id comes in front. Where that does not help, it is the source, or a digest. */
const CANDIDATES: readonly ToName[] = [
  fileName,
  (source, row) => safeName(`${source.rowId ?? 'row'}-${fileName(source, row)}`),
  (source, row, index) => safeName(`${row}-${index}-${fileName(source, row)}`),
  (source, row, index) => {
    const digest = createHash('sha256').update(`${row}\n${index}`).digest('hex');
    return safeName(`${digest}-${fileName(source, row)}`);
  },
];

/** Each round gives the next candidate to pictures whose name another one has, too. */
async function uniqueNames(
  read: ReadLabels,
  options: ExportOptions,
  keyOf: (name: string) => string,
): Promise<ToName> {
  const rounds: RepeatedNames[] = [];
  const toName: ToName = (...picture) => {
    let name = '';
    for (const [at, candidate] of CANDIDATES.entries()) {
      name = candidate(...picture);
      if (!rounds[at]?.has(keyOf(name))) break;
    }
    return name;
  };
  const toKey: ToName = (...picture) => keyOf(toName(...picture));
  while (rounds.length < CANDIDATES.length && rounds.at(-1)?.hasAny !== false) {
    rounds.push(await repeatedNames(namesOf(toKey, read, options)));
  }
  return toName;
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
