import type { Measured } from './figure';

const COLUMNS = ['figure', 'median', 'min', 'max', 'must', 'moonshot', ''];

/** @param isShort whether to show the bounds of regressions too */
export function printTable(figures: readonly Measured[], isShort: boolean): string {
  const rows = [COLUMNS, ...figures.map((figure) => toRow(figure, isShort))];
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

function toRow(figure: Measured, isShort: boolean): string[] {
  const { name, unit, better, goal, moonshot, bound } = figure;
  const text = (value: number): string => `${value.toFixed(unit === 's' ? 3 : 2)} ${unit}`;
  const limit = (value: number): string => `${better === 'lower' ? '<=' : '>='} ${text(value)}`;
  const verdict = figure.met ? 'met' : 'missed';
  const regression =
    bound === undefined ? '' : `${figure.regressed ? 'REGRESSED' : 'within'} ${limit(bound)}`;
  return [
    name,
    text(figure.median),
    text(figure.min),
    text(figure.max),
    limit(goal),
    limit(moonshot),
    isShort ? `${verdict} ${regression}` : verdict,
  ];
}
