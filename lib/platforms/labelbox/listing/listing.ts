import * as z from 'zod';
import { hasCode } from '../../../errors';
import { parseJson } from '../../../json/decode';
import { ifThere } from '../../../webhook-api/if-there';
import type { ListedProject, ListedRow, Listing, RowQuery } from '../../../webhook-api/listing';
import { platformClock } from '../../../webhook-api/platform-clock';
import { type LabelboxSettings, query } from '../webhooks/query';
import { type ExportWait, pollExport } from './export-task';
import { gone } from './gone';
import { type ExportPosition, openExport, type ReadOptions } from './read-export';
import { type ExportFilter, MOST_ROW_IDS, startExport } from './start-export';
import { rowsInPages, toRows } from './to-rows';

const PAGE = 100;
const HOUR_MS = 3_600_000;

const withId = z.object({ id: z.string() });
const organizationAnswer = z.object({ organization: withId });
const projectsAnswer = z.object({ projects: z.array(withId) });
const projectAnswer = z.object({ project: withId.nullable() });

/**
 * Lists the data rows of Labelbox's projects, with their labels, by exports. An export is a snapshot, so no change moves
 * rows meanwhile. It is only believed if it ended complete, and every row of it could be read.
 *
 * @see https://docs.labelbox.com/reference/label-export
 */
export function labelboxListing(
  given: LabelboxSettings,
  options: ExportWait & ReadOptions = {},
): Listing {
  const clock = platformClock();
  const settings: LabelboxSettings = { ...given, onAnswer: clock.onAnswer };

  const startOf = ({ id }: ListedProject, since: Date | undefined): Promise<ExportPosition> => {
    const activity = since && { from: since, to: new Date(clock.now().getTime() + HOUR_MS) };
    return startExport({ project: id, activity }, settings);
  };

  /** The export of an earlier process, unless Labelbox has forgotten it. Rows may come twice. */
  async function positionOf(project: ListedProject, { since, after }: RowQuery) {
    const position = toPosition(after);
    if (!position) return startOf(project, since);
    const known = await pollExport(position.task, settings, options)
      .next()
      .then(
        () => true,
        (error: unknown) => {
          if (hasCode(error, 'not-found') || hasCode(error, 'refused')) return false;
          throw error;
        },
      );
    return known ? position : startOf(project, since);
  }

  async function* found(
    project: ListedProject,
    filter: Pick<ExportFilter, 'rows'>,
    forms: RowQuery['forms'],
    signal?: AbortSignal,
  ): AsyncGenerator<ListedRow> {
    const position = await startExport({ project: project.id, ...filter }, settings);
    for await (const _ of pollExport(position.task, settings, options)) signal?.throwIfAborted();
    const opened = await openExport(position, settings, options);
    for await (const { row } of toRows(opened, project.id, forms)) yield row;
  }

  return {
    isLive: true,
    async organization() {
      const text = 'query { organization { id } }';
      return (await query(organizationAnswer, text, {}, settings)).organization.id;
    },
    now: async () => clock.now(),
    async *projects() {
      const text =
        'query Projects($skip: Int!) { projects(where: { deleted: false } skip: $skip first: 100) { id } }';
      for (let skip = 0; ; skip += PAGE) {
        const { projects } = await query(projectsAnswer, text, { skip }, settings);
        yield* projects;
        if (projects.length < PAGE) return;
      }
    },
    async project(id) {
      const text = 'query Project($id: ID!) { project(where: { id: $id }) { id } }';
      return (await ifThere(query(projectAnswer, text, { id }, settings)))?.project ?? undefined;
    },
    async *rows(project, asked) {
      const position = await positionOf(project, asked);
      const cursor = JSON.stringify(position);
      // An empty page lets the caller remember the export, and stop.
      yield { rows: [], cursor };
      for await (const _ of pollExport(position.task, settings, options)) {
        yield { rows: [], cursor };
      }
      const opened = await openExport(position, settings, options);
      yield* rowsInPages(opened, project.id, asked.forms);
    },
    async *find(project, ids, { forms }, signal) {
      for (let at = 0; at < ids.length; at += MOST_ROW_IDS) {
        signal?.throwIfAborted();
        yield* found(project, { rows: ids.slice(at, at + MOST_ROW_IDS) }, forms, signal);
      }
    },
    gone,
  };
}

const position = z.object({ task: z.string(), offset: z.int().nonnegative() });

const toPosition = (cursor: string | undefined): ExportPosition | undefined =>
  cursor === undefined ? undefined : position.safeParse(parseJson(cursor)).data;
