import { createReadStream } from 'node:fs';
import { hasCode, LabelrelayError } from '../errors';
import { parseJson } from '../json/decode';
import { objectsOf } from '../json/objects-of';
import { isObject, type JsonObject } from '../json/read';
import type { LabelForm, ListedRow, Listing } from './listing';

/** The most rows of a page. */
const PAGE = 100;

/** How to read the rows of a platform's export. */
export interface FileShape {
  /** The ids of the projects that a row is in. */
  projectsOf(row: JsonObject): readonly string[];
  /** @returns undefined if it is no row of the project */
  toRow(row: JsonObject, projectId: string, forms: readonly LabelForm[]): ListedRow | undefined;
}

/**
 * Lists what a file has that was exported by hand: NDJSON, or a JSON list. It is read once for each project. Whatever is
 * not in it may still be at the platform.
 *
 * @throws LabelrelayError `usage` if the file cannot be read, or has something else
 */
export function fileListing(path: string, { projectsOf, toRow }: FileShape): Listing {
  async function* rows(): AsyncGenerator<JsonObject> {
    let count = 0;
    try {
      for await (const text of objectsOf(createReadStream(path, 'utf8'))) {
        const row = parseJson(text);
        count++;
        if (!isObject(row) || projectsOf(row).length === 0) throw noRow(path, count);
        yield row;
      }
    } catch (error) {
      if (hasCode(error, 'usage')) throw error;
      const { message } = error as Error;
      throw new LabelrelayError('usage', `--from ${path}: ${message}`, { cause: error });
    }
    if (count === 0) {
      throw new LabelrelayError('usage', `--from ${path}: expected an export, got no row`);
    }
  }

  async function* ids(): AsyncGenerator<string> {
    const known = new Set<string>();
    for await (const row of rows()) {
      for (const id of projectsOf(row)) {
        if (known.has(id)) continue;
        known.add(id);
        yield id;
      }
    }
  }

  return {
    isLive: false,
    organization: async () => undefined,
    now: async () => new Date(),
    async *projects() {
      // The whole file is checked before anything of it is used.
      const all: string[] = [];
      for await (const id of ids()) all.push(id);
      for (const id of all) yield { id };
    },
    async project(id) {
      for await (const each of ids()) if (each === id) return { id };
      return undefined;
    },
    async *rows({ id }, { forms }) {
      let page: ListedRow[] = [];
      let number = 0;
      for await (const body of rows()) {
        number++;
        if (!projectsOf(body).includes(id)) continue;
        const row = toRow(body, id, forms);
        if (!row) throw noRow(path, number);
        page.push(row);
        if (page.length < PAGE) continue;
        yield { rows: page, cursor: '' };
        page = [];
      }
      if (page.length > 0) yield { rows: page, cursor: '' };
    },
    async *find() {},
    gone({ subject }) {
      throw new LabelrelayError(
        'refused',
        `expected a platform for the deletion of ${subject}, got a file`,
      );
    },
  };
}

const noRow = (path: string, number: number): LabelrelayError =>
  new LabelrelayError(
    'usage',
    `--from ${path}: expected an export of the platform, got something else as row ${number}`,
  );
