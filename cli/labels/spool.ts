import { createReadStream } from 'node:fs';
import { open, rm, stat, truncate } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { ReadLabels } from '../../lib/datasets/format';
import { parseJson } from '../../lib/json/decode';
import type { LabelRow } from '../../lib/label-store/read-labels';
import type { StoredLabel } from '../../lib/label-store/stored-label';

/** The first line of a spool. */
interface Head {
  /** The query for the labels, as JSON. */
  readonly query: string;
  /** When the first of them was read, RFC 3339. */
  readonly started: string;
}

/**
 * A copy of labels in a file: a line of JSON for each data row. Formats read labels several times, and each time they must be
 * the same. A copy that was interrupted goes on where it stopped.
 */
export interface Spool {
  readonly started: string;
  /** Where the copy stands; undefined at its beginning. */
  readonly cursor?: string;
  /** How many labels were copied before. */
  readonly labels: number;
  add(row: LabelRow): Promise<void>;
  /** Ends the copy, or this part of it. */
  close(): Promise<void>;
}

/** Opens the spool of an interrupted export of the same labels, or begins a new one. */
export async function openSpool(path: string, query: string, isNew: boolean): Promise<Spool> {
  const found = isNew ? undefined : await readSpool(path, query);
  if (found) await truncate(path, found.bytes);
  const started = found?.started ?? new Date().toISOString();
  const file = await open(path, found ? 'a' : 'w');
  const write = (value: object): Promise<void> => file.appendFile(`${JSON.stringify(value)}\n`);
  if (!found) await write({ query, started } satisfies Head);
  return {
    started,
    cursor: found?.cursor,
    labels: found?.labels ?? 0,
    add: write,
    close: () => file.close(),
  };
}

/** @returns undefined if there is none of the same query */
async function readSpool(path: string, query: string) {
  const size = await stat(path).catch(() => undefined);
  if (!size) return undefined;
  let head: Head | undefined;
  let [bytes, labels] = [0, 0];
  let cursor: string | undefined;
  for await (const line of linesOf(path)) {
    const end = bytes + Buffer.byteLength(line) + 1;
    // A line that was cut off is read again.
    if (end > size.size) break;
    const value = parseJson(line);
    if (!value) break;
    if (head) {
      cursor = (value as LabelRow).cursor;
      labels += (value as LabelRow).labels.length;
    } else {
      head = value as Head;
      if (head.query !== query) return undefined;
    }
    bytes = end;
  }
  return head && { started: head.started, cursor, labels, bytes };
}

const linesOf = (path: string) =>
  createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });

/** Reads the labels of a spool. @param seen is told how many have been read */
export const readingSpool = (path: string, seen: (labels: number) => void): ReadLabels =>
  async function* () {
    let [isHead, count] = [true, 0];
    for await (const line of linesOf(path)) {
      if (!isHead) {
        const { labels } = JSON.parse(line) as { labels: StoredLabel[] };
        yield* labels;
        count += labels.length;
        seen(count);
      }
      isHead = false;
    }
  };

export const removeSpool = (path: string): Promise<void> => rm(path, { force: true });
