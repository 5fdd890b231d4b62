import type { Globals } from '../command/globals';
import { print, printJson } from './print';
import { type Column, table } from './table';

/** Prints a list as the result: complete as JSON, or as a table. */
export function printRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { json }: Pick<Globals, 'json'>,
  whenEmpty = 'nothing',
): void {
  if (json) printJson(rows);
  else print(rows.length > 0 ? table(rows, columns) : whenEmpty);
}
