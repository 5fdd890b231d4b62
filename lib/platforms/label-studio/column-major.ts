import type { Run } from './brush-stream';

/** A half-open range of columns. */
type Interval = readonly [from: number, to: number];

/** The set columns of a row, and of all rows below up to the next given row. */
interface Row {
  readonly row: number;
  readonly columns: Interval[];
}

/**
 * Converts row-major runs to COCO's column-major counts, without unpacking the image.
 *
 * A count ends where a pixel differs from the previous one: the pixel above it, or for the top of a column the bottom
 * of the column before. Only rows that differ are compared, and only the columns in which they differ are visited, so
 * the work is proportional to the runs and the counts.
 *
 * @param runs the runs in order, not adjacent
 * @returns undefined if there would be more than `maxCounts` counts
 * @see https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/mask.py
 */
export function toColumnMajor(
  runs: readonly Run[],
  width: number,
  height: number,
  maxCounts: number,
): number[] | undefined {
  const rows = toRows(runs, width, height);
  const heads = rows[0]?.columns ?? [];
  const feet = rows.at(-1)?.columns ?? [];
  const changes = rows
    .map(({ row, columns }, index) => ({
      row,
      columns: difference(rows[index - 1]?.columns ?? columns, columns),
    }))
    .concat({ row: 0, columns: difference(besideRight(feet, width), heads) });

  const total = changes.reduce((sum, { columns }) => sum + widthOf(columns), 0);
  if (total >= maxCounts) return undefined;
  const positions = new Uint32Array(total);
  let filled = 0;
  for (const { row, columns } of changes) {
    for (const [from, to] of columns) {
      for (let column = from; column < to; column++) positions[filled++] = column * height + row;
    }
  }
  return lengthsBetween(positions.sort(), width * height);
}

/** The rows from the first on. Consecutive equal rows are given once. */
function toRows(runs: readonly Run[], width: number, height: number): Row[] {
  const rows: Row[] = [];
  let until = 0;
  for (const [from, to] of runs.flatMap((run) => piecesOf(run, width))) {
    const row = Math.floor(from / width);
    if (row > until) rows.push({ row: until, columns: [] });
    const start = row * width;
    const column: Interval = [from - start, Math.min(to - start, width)];
    const last = rows.at(-1);
    if (last?.row === row) last.columns.push(column);
    else rows.push({ row, columns: [column] });
    until = Math.ceil(to / width);
  }
  if (until < height) rows.push({ row: until, columns: [] });
  return rows;
}

/** Splits a run into the end of a row, whole rows, and the beginning of a row, as far as it has them. */
function piecesOf([from, to]: Run, width: number): Run[] {
  const firstWhole = Math.min(Math.ceil(from / width) * width, to);
  const behindWhole = Math.max(Math.floor(to / width) * width, firstWhole);
  const cuts = [from, firstWhole, behindWhole, to];
  return cuts.slice(1).flatMap((cut, index) => {
    const start = cuts[index] ?? cut;
    return start < cut ? [[start, cut] as const] : [];
  });
}

/** The columns that are set in exactly one of two rows. */
function difference(one: readonly Interval[], other: readonly Interval[]): Interval[] {
  const edges = [...one, ...other].flat().sort((a, b) => a - b);
  return edges.flatMap((from, index) => {
    const to = edges[index + 1] ?? from;
    return index % 2 === 0 && from < to ? [[from, to] as const] : [];
  });
}

/** The columns to the right of these, within the image. */
const besideRight = (columns: readonly Interval[], width: number): Interval[] =>
  columns
    .map(([from, to]) => [from + 1, Math.min(to + 1, width)] as const)
    .filter(([from, to]) => from < to);

const widthOf = (columns: readonly Interval[]): number =>
  columns.reduce((sum, [from, to]) => sum + to - from, 0);

/** The lengths between positions up to the end: zeros first, then ones, and so on. */
const lengthsBetween = (positions: Uint32Array, end: number): number[] =>
  Array.from({ length: positions.length + 1 }, (_, index) => {
    const from = index === 0 ? 0 : (positions[index - 1] ?? 0);
    return (positions[index] ?? end) - from;
  });
