import { LabelrelayError } from '../../../errors';
import type { LabelForm, ListedPage, ListedRow } from '../../../webhook-api/listing';
import type { ExportPosition, OpenExport } from './read-export';
import { toRow } from './to-row';

/** The most rows of a page, and about the most characters of them. */
const PAGE_ROWS = 100;
const PAGE_LENGTH = 4_000_000;

interface Read {
  readonly row: ListedRow;
  readonly next: ExportPosition;
  readonly length: number;
}

/**
 * The rows of an export.
 *
 * @throws LabelrelayError `unavailable` at the end, if a row could not be exported or read
 */
export async function* toRows(
  { rows, failed }: OpenExport,
  projectId: string,
  forms: readonly LabelForm[],
): AsyncGenerator<Read> {
  let unreadable = failed;
  for await (const { row: body, next, length } of rows) {
    const row = body && toRow(body, projectId, forms);
    if (row) yield { row, next, length };
    else unreadable++;
  }
  if (unreadable === 0) return;
  throw new LabelrelayError(
    'unavailable',
    `expected an export of Labelbox with every row of project ${projectId}, got one without ${unreadable} that could not be read`,
  );
}

/** The rows of an export, so many at a time. The memory of a page is bounded too. */
export async function* rowsInPages(
  opened: OpenExport,
  projectId: string,
  forms: readonly LabelForm[],
): AsyncGenerator<ListedPage> {
  const { total } = opened;
  let [rows, sum]: [ListedRow[], number] = [[], 0];
  let cursor = '';
  const page = (): ListedPage => {
    const full = { rows, cursor, total };
    [rows, sum] = [[], 0];
    return full;
  };
  for await (const { row, next, length } of toRows(opened, projectId, forms)) {
    rows.push(row);
    sum += length;
    cursor = JSON.stringify(next);
    if (rows.length >= PAGE_ROWS || sum >= PAGE_LENGTH) yield page();
  }
  if (rows.length > 0) yield page();
}
