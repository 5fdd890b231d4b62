import { colour } from './colour';
import { plain } from './plain';
import { say } from './print';

export interface Column<Row> {
  readonly head: string;
  readonly value: (row: Row) => string | number | undefined;
  /** Whether it gives way on a narrow terminal; what tells a row from another should not. */
  readonly shrinks?: boolean;
  /** Whether it is left out where there is no room, the last such column first. */
  readonly isExtra?: boolean;
}

const GAP = 2;
const LEAST = 8;

/**
 * Rows in columns. On a terminal no line is wider than it; elsewhere nothing is cut or left out.
 *
 * @param width of the terminal, in characters; undefined where there is none
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width: number = (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY,
): string {
  const shown = [...columns];
  const wanted = columns.map(natural(rows));
  for (let at = columns.length - 1; at >= 0; at--) {
    if (sum(wanted) <= width || !columns[at]?.isExtra) continue;
    shown.splice(at, 1);
    wanted.splice(at, 1);
  }
  const widths = shrink(wanted, shown, width);
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => cut(text, widths[at] ?? 0).padEnd(widths[at] ?? 0))
      .join(' '.repeat(GAP))
      .trimEnd();
  if (sum(widths) < sum(wanted)) say('cut to fit: --json has all of it');
  const lines = rows.map((row) => line(shown.map((column) => cell(column, row))));
  return [colour('bold', line(shown.map(({ head }) => head))), ...lines].join('\n');
}

const cell = <Row>({ value }: Column<Row>, row: Row): string => plain(String(value(row) ?? ''));

/** How wide a column is with nothing cut. */
const natural =
  <Row>(rows: readonly Row[]) =>
  (column: Column<Row>): number =>
    rows.reduce((most, row) => Math.max(most, cell(column, row).length), column.head.length);

/** Of a whole line. */
const sum = (widths: readonly number[]): number =>
  widths.reduce((total, each) => total + each + GAP, -GAP);

/** Takes what is too much from the widest of the columns that shrink. */
function shrink<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  width: number,
): number[] {
  const widths = [...natural];
  while (sum(widths) > width) {
    const widest = widths.reduce(
      (most, each, at) => (columns[at]?.shrinks && each > (widths[most] ?? 0) ? at : most),
      columns.findIndex(({ shrinks }) => shrinks),
    );
    if (widest < 0 || (widths[widest] ?? 0) <= LEAST) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** A URL keeps its end too, which tells it from others of the same host. */
function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = /^https?:/.test(text) ? Math.floor((width - 1) / 2) : 0;
  return `${text.slice(0, width - 1 - end)}…${text.slice(text.length - end)}`;
}
