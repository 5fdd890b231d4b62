import { setTimeout } from 'node:timers/promises';
import { hasCode } from '../../../errors';
import { parseJson } from '../../../json/decode';
import { isObject, type JsonObject } from '../../../json/read';
import type { LabelboxSettings } from '../webhooks/query';
import { exportBytes } from './export-files';
import { sizeOf } from './export-task';
import { linesOf } from './lines';

/** A place in an export, from which another process can go on. */
export interface ExportPosition {
  readonly task: string;
  /** In bytes. */
  readonly offset: number;
}

export interface ExportedRow {
  /** Undefined if the line is not a JSON object. */
  readonly row: JsonObject | undefined;
  /** The place behind this row. */
  readonly next: ExportPosition;
  /** The characters of the line. */
  readonly length: number;
}

export interface OpenExport {
  /** The number of rows, from the beginning of the export. */
  readonly total: number;
  /** The number of rows that Labelbox could not export. */
  readonly failed: number;
  /** Ends after the last byte. If it ends without an error, every row came. */
  readonly rows: AsyncIterable<ExportedRow>;
}

export interface ReadOptions {
  /** The wait after the first failure, in milliseconds. It doubles with each further one. */
  readonly retryMs?: number;
}

/** The most failures without a single row between them. */
const TRIES = 6;

/**
 * Reads an export that is complete. Memory holds one row.
 *
 * @throws LabelrelayError `not-found` if Labelbox does not know it any more; `unavailable`. So do the rows
 */
export async function openExport(
  position: ExportPosition,
  settings: LabelboxSettings,
  options: ReadOptions = {},
): Promise<OpenExport> {
  const { task } = position;
  const { bytes, lines } = await sizeOf(task, 'RESULT', settings);
  const errors = await sizeOf(task, 'ERRORS', settings);
  return {
    total: lines,
    failed: errors.lines,
    rows: readRows(position, bytes, settings, options),
  };
}

/** After a failure it goes on behind the last row. */
async function* readRows(
  { task, offset: from }: ExportPosition,
  total: number,
  settings: LabelboxSettings,
  { retryMs = 1_000 }: ReadOptions,
): AsyncGenerator<ExportedRow> {
  let offset = from;
  let failures = 0;
  while (offset < total) {
    const start = offset;
    try {
      for await (const { text, end } of linesOf(
        exportBytes(task, { from: start, total }, settings),
      )) {
        offset = start + end;
        failures = 0;
        if (text.trim() === '') continue;
        const row = parseJson(text);
        yield { row: isObject(row) ? row : undefined, next: { task, offset }, length: text.length };
      }
    } catch (error) {
      if (!hasCode(error, 'unavailable') || ++failures === TRIES) throw error;
      await setTimeout(retryMs * 2 ** (failures - 1));
    }
  }
}
