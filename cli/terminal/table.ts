import { colour } from './colour';
import { plain } from './plain';
import { say } from './print';

export interface Column<Row> {
  readonly head: string;
  readonly value: (row: Row) => string | number | undefined;
  /** Whether the column is cut on a narrow terminal. A column that identifies the row should not be. */
  readonly shrinks?: boolean;
  /** Whether the column is left out if there is no room, the last such column first. */
  readonly isExtra?: boolean;
}

const GAP = 2;
const LEAST = 8;

/**
 * Formats rows as a table. On a terminal, lines fit its width. Elsewhere nothing is cut or left out.
 *
 * @param width the width of the terminal, in characters; undefined if there is none
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
  if (sum(widths) < sum(wanted)) say('cut to fit: --json shows everything');
  const lines = rows.map((row) => line(shown.map((column) => cell(column, row))));
  return [colour('bold', line(shown.map(({ head }) => head))), ...lines].join('\n');
}

const cell = <Row>({ value }: Column<Row>, row: Row): string => plain(String(value(row) ?? ''));

/** The width of a column if nothing is cut. */
const natural =
  <Row>(rows: readonly Row[]) =>
  (column: Column<Row>): number =>
    rows.reduce((most, row) => Math.max(most, cell(column, row).length), column.head.length);

/** The width of a whole line. */
const sum = (widths: readonly number[]): number =>
  widths.reduce((total, each) => total + each + GAP, -GAP);

/** Narrows the widest of the columns that can shrink until the line fits. */
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

/** Cuts a text. A URL keeps its end too, which distinguishes it from others of the same host. */
function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = /^https?:/.test(text) ? Math.floor((width - 1) / 2) : 0;
  return `${text.slice(0, width - 1 - end)}…${text.slice(text.length - end)}`;
}
