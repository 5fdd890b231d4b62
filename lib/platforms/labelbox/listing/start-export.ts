import * as z from 'zod';
import { type LabelboxSettings, query } from '../webhooks/query';
import type { ExportPosition } from './read-export';

/** The rows of an export. All filters must hold. */
export interface ExportFilter {
  readonly project: string;
  /** Only rows with activity in this time, both ends included. Labelbox compares whole seconds. */
  readonly activity?: { readonly from: Date; readonly to: Date };
  /** Only these rows: at most 2,000 ids. */
  readonly rows?: readonly string[];
}

/** The most ids in a filter: labelbox-python, schema/export_filters.py. */
export const MOST_ROW_IDS = 2_000;

const SECOND_MS = 1_000;

const started = z.object({ exportDataRowsInProject: z.object({ taskId: z.string() }) });

/**
 * Starts an export of data rows with their labels, in the form of version 2 webhooks.
 *
 * @returns the beginning of the export, for `openExport`
 * @throws LabelrelayError `denied`, `not-found`, `refused` or `unavailable`
 * @see https://docs.labelbox.com/reference/label-export
 */
export async function startExport(
  { project, activity, rows }: ExportFilter,
  settings: LabelboxSettings,
): Promise<ExportPosition> {
  const search = [
    ...(activity ? [during(activity)] : []),
    ...(rows ? [{ ids: rows, operator: 'is', type: 'data_row_id' }] : []),
  ];
  const input = {
    // The name differs each time, since Labelbox has answered equal requests from a cache.
    taskName: `labelrelay ${new Date().toISOString()}`,
    isStreamableReady: true,
    filters: { projectId: project, searchQuery: { scope: null, query: search } },
    params: {
      mediaTypeOverride: null,
      includeAttachments: false,
      includeEmbeddings: false,
      includeMetadata: true,
      includeDataRowDetails: true,
      includeProjectDetails: true,
      includePerformanceDetails: true,
      includeLabelDetails: true,
      includeInterpolatedFrames: false,
    },
    streamable: true,
  };
  const { exportDataRowsInProject } = await query(
    started,
    'mutation Export($input: ExportDataRowsInProjectInput!) { exportDataRowsInProject(input: $input) { taskId isStreamable } }',
    { input },
    settings,
    // A second export changes nothing, so a retry is safe.
    true,
  );
  return { task: exportDataRowsInProject.taskId, offset: 0 };
}

/** Labelbox's own client reads any offset but +0000 as UTC. */
const during = ({ from, to }: { from: Date; to: Date }) => ({
  type: 'data_row_last_activity_at',
  value: {
    operator: 'BETWEEN',
    timezone: 'UTC',
    value: {
      min: toSeconds(from.getTime()),
      // Changes within the last second are included.
      max: toSeconds(Math.ceil(to.getTime() / SECOND_MS) * SECOND_MS),
    },
  },
});

const toSeconds = (time: number): string =>
  new Date(time).toISOString().replace(/\.\d+Z$/, '+0000');
