import { colour } from './colour';
import { plain } from './plain';

export interface Column<Row> {
  readonly head: string;
  readonly value: (row: Row) => string | number | undefined;
  /** Whether it gives way on a narrow terminal. */
  readonly shrinks?: boolean;
}

const GAP = 2;
const LEAST = 8;

/**
 * Rows in columns. On a terminal no line is wider than it; elsewhere nothing is cut.
 *
 * @param width of the terminal, in characters; undefined where there is none
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number | undefined = process.stdout.isTTY ? process.stdout.columns : undefined,
): string {
  const cells = rows.map((row) => columns.map(({ value }) => plain(String(value(row) ?? ''))));
  const widths = shrink(
    columns.map(({ head }, at) =>
      Math.max(head.length, ...cells.map((line) => line[at]?.length ?? 0)),
    ),
    columns,
    width,
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => cut(text, widths[at] ?? 0).padEnd(widths[at] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  const head = line(columns.map((column) => column.head));
  return [colour('bold', head), ...cells.map(line)].join('\n');
}

/** Takes what is too much from the widest of the columns that shrink. */
function shrink<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  width = Number.POSITIVE_INFINITY,
): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, each) => sum + each + GAP, -GAP);
  while (total() > width) {
    const widest = widths.reduce(
      (most, each, at) => (columns[at]?.shrinks && each > (widths[most] ?? 0) ? at : most),
      columns.findIndex(({ shrinks }) => shrinks),
    );
    if (widest < 0 || (widths[widest] ?? 0) <= LEAST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const cut = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text;
