import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';

/**
 * The part of Labelbox's GraphQL API for exports. The schema follows from the queries of the platform's own client
 * (labelbox-python, schema/project.py, export_task.py, task.py).
 */
export const exportSchema = `
  scalar UInt64
  scalar JSON
  enum TaskStreamType { RESULT ERRORS }
  input WhereUniqueIdInput { id: ID! }
  input WhereDeleted { deleted: Boolean! }
  input ExportFilters { projectId: ID! searchQuery: JSON! }
  input ExportParams {
    mediaTypeOverride: String includeAttachments: Boolean! includeEmbeddings: Boolean! includeMetadata: Boolean!
    includeDataRowDetails: Boolean! includeProjectDetails: Boolean! includePerformanceDetails: Boolean!
    includeLabelDetails: Boolean! includeInterpolatedFrames: Boolean!
  }
  input ExportDataRowsInProjectInput {
    taskName: String isStreamableReady: Boolean! filters: ExportFilters! params: ExportParams! streamable: Boolean!
  }
  type StartedExport { taskId: ID! isStreamable: Boolean! }
  type Range { start: UInt64! end: UInt64! }
  type ExportFile { offsets: Range! lines: Range! file: String! }
  type ExportMetadataHeader { totalSize: UInt64! totalLines: UInt64! }
  type Task {
    id: ID! createdAt: DateTime! updatedAt: DateTime! name: String status: String! completionPercentage: Float
    type: String metadata: JSON result: String errors: String
    exportMetadataHeader(streamType: TaskStreamType!): ExportMetadataHeader
    exportFileFromOffset(streamType: TaskStreamType!, offset: UInt64!): ExportFile
  }
  type User {
    id: ID! createdAt: DateTime updatedAt: DateTime lastLoginAt: DateTime email: String nickname: String name: String
    picture: String isExternalUser: Boolean isViewer: Boolean timezone: String
    createdTasks(where: WhereId!, skip: Int!, first: Int!): [Task!]!
  }
  extend type Project {
    createdAt: DateTime updatedAt: DateTime lastActivityTime: DateTime setupComplete: DateTime
    modelSetupComplete: Boolean description: String autoAuditNumberOfLabels: Float autoAuditPercentage: Float
    dataRowCount: Int editorTaskType: String isBenchmarkEnabled: Boolean isConsensusEnabled: Boolean
    allowedMediaType: String uploadType: String
  }
  extend type Query {
    user(where: WhereId): User
    projects(where: WhereDeleted!, skip: Int!, first: Int!): [Project!]!
    task(where: WhereUniqueIdInput): Task
  }
  extend type Mutation {
    exportDataRowsInProject(input: ExportDataRowsInProjectInput!): StartedExport!
  }
`;

/** A row as the export lists it with every group of members. */
export interface FakeRow {
  readonly data_row: {
    readonly id: string;
    readonly details: { readonly last_activity_at: string; readonly [name: string]: unknown };
    readonly [name: string]: unknown;
  };
  readonly projects: Readonly<Record<string, FakeProject>>;
  readonly [name: string]: unknown;
}
interface FakeProject {
  readonly labels: readonly { readonly [name: string]: unknown }[];
  readonly [name: string]: unknown;
}

/** The fault of the next file. */
export type FileFault = 'cut' | 'short' | 'long' | 'expired' | 'silence';

export interface LabelboxExports {
  /** The rows by project. */
  readonly rows: Map<string, readonly FakeRow[]>;
  /** The rows of a project, if they are not in `rows`. */
  rowsOf(project: string): readonly FakeRow[] | undefined;
  /** The faults of the next files; undefined for none. */
  readonly faults: (FileFault | undefined)[];
  readonly settings: {
    /** How often a task is in progress when it is asked for. */
    polls: number;
    /** How a task ends. */
    status: string;
    /** The most bytes of a file. */
    fileBytes: number;
    /** Whether a file may end within a line, and within a character. */
    cutsLines: boolean;
    /** Rows that cannot be exported. */
    failedRows: number;
  };
  /** The inputs of all exports. */
  readonly inputs: ExportInput[];
  /** The number of files that were read. */
  files(): number;
}

interface ExportInput {
  readonly filters: {
    readonly projectId: string;
    readonly searchQuery: { readonly query: readonly Filter[] };
  };
  readonly params: Readonly<Record<string, boolean | null>>;
}
type Filter =
  | {
      readonly type: 'data_row_last_activity_at';
      readonly value: {
        readonly operator: string;
        readonly timezone: string;
        readonly value: { readonly min: string; readonly max: string };
      };
    }
  | { readonly type: 'data_row_id'; readonly operator: string; readonly ids: readonly string[] };

interface Task {
  readonly id: string;
  readonly bytes: Buffer;
  readonly errors: Buffer;
  polls: number;
}

const USER = { id: 'user-1', email: 'owner@example.com', timezone: 'Europe/Berlin' };

const failure = (message: string, code: string) =>
  new GraphQLError(message, { extensions: { code } });

/** @param origin the address of the server, which is known once it listens */
export function labelboxExports(origin: () => string) {
  const tasks = new Map<string, Task>();
  let files = 0;
  const exports: LabelboxExports = {
    rows: new Map(),
    rowsOf: () => undefined,
    faults: [],
    settings: { polls: 0, status: 'COMPLETE', fileBytes: 1_000, cutsLines: true, failedRows: 0 },
    inputs: [],
    files: () => files,
  };
  const { settings } = exports;

  const taskOf = (id: string) => {
    const task = tasks.get(id);
    if (!task) throw failure(`Task ${id} not found`, 'RESOURCE_NOT_FOUND');
    const bytesOf = (stream: string) => (stream === 'RESULT' ? task.bytes : task.errors);
    return {
      id,
      name: null,
      type: 'export-data-rows',
      createdAt: new Date(0).toISOString(),
      updatedAt: new Date(0).toISOString(),
      status: () => (task.polls-- > 0 ? 'IN_PROGRESS' : settings.status),
      completionPercentage: 100,
      exportMetadataHeader({ streamType }: { streamType: string }) {
        const bytes = bytesOf(streamType);
        return bytes.length === 0
          ? null
          : { totalSize: String(bytes.length), totalLines: countLines(bytes) };
      },
      exportFileFromOffset({ streamType, offset }: { streamType: string; offset: string }) {
        const bytes = bytesOf(streamType);
        const file = cut(bytes, settings).find(({ end }) => Number(offset) <= end);
        if (!file) return null;
        const before = countLines(bytes.subarray(0, file.start));
        const lines = { start: before, end: countLines(bytes.subarray(0, file.end + 1)) - 1 };
        const query = `stream=${streamType}&start=${file.start}&end=${file.end}`;
        return { offsets: file, lines, file: `${origin()}/files/${id}?${query}&signature=SIGNED` };
      },
    };
  };

  const resolvers = {
    user: ({ where }: { where?: { id: string } }) =>
      where && where.id !== USER.id
        ? null
        : {
            ...USER,
            createdTasks: ({ where }: { where: { id: string } }) =>
              tasks.has(where.id) ? [taskOf(where.id)] : [],
          },
    task: ({ where }: { where: { id: string } }) => taskOf(where.id),
    exportDataRowsInProject({ input }: { input: ExportInput }) {
      const { projectId, searchQuery } = input.filters;
      const rows = exports.rows.get(projectId) ?? exports.rowsOf(projectId);
      if (!rows) throw failure(`Project ${projectId} not found`, 'RESOURCE_NOT_FOUND');
      exports.inputs.push(input);
      const found = rows.filter((row) => searchQuery.query.every((filter) => fits(row, filter)));
      const id = `task-${tasks.size + 1}`;
      tasks.set(id, {
        id,
        bytes: toNdjson(found.map((row) => withParams(row, input.params))),
        errors: toNdjson(Array.from({ length: settings.failedRows }, () => ({ error: 'failed' }))),
        polls: settings.polls,
      });
      return { taskId: id, isStreamable: true };
    },
  };

  /** Answers the GET of a file, whose signature is in the address. */
  const sendFile = ({ url = '', headers }: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(url, 'http://fake');
    const task = tasks.get(pathname.replace('/files/', ''));
    const fault = exports.faults.shift();
    const isSigned = searchParams.get('signature') === 'SIGNED' && !headers.authorization;
    if (!task || !isSigned || fault === 'expired') {
      response.writeHead(403).end('<Error><Code>ExpiredToken</Code></Error>');
      return;
    }
    files++;
    const bytes = searchParams.get('stream') === 'RESULT' ? task.bytes : task.errors;
    const [start, end] = [searchParams.get('start'), searchParams.get('end')].map(Number);
    const content = bytes.subarray(start, Number(end) + 1);
    if (fault === 'short') response.end(content.subarray(0, -1));
    else if (fault === 'long') response.end(Buffer.concat([content, Buffer.from('{}\n')]));
    else if (fault === 'silence') response.write(content.subarray(0, content.length / 2));
    else if (fault === 'cut') {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, content.length / 2), () => response.destroy());
    } else response.end(content);
  };

  return { exports, resolvers, sendFile };
}

const toNdjson = (values: readonly object[]): Buffer =>
  Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));

const countLines = (bytes: Buffer): number => bytes.filter((byte) => byte === 0x0a).length;

/** The files of a stream. */
function cut(
  bytes: Buffer,
  { fileBytes, cutsLines }: LabelboxExports['settings'],
): { start: number; end: number }[] {
  const files: { start: number; end: number }[] = [];
  for (let start = 0; start < bytes.length; ) {
    const most = start + fileBytes;
    const end = cutsLines || most >= bytes.length ? most - 1 : bytes.indexOf(0x0a, most);
    files.push({ start, end: Math.min(end, bytes.length - 1) });
    start = end + 1;
  }
  return files;
}

/** Times of a filter have whole seconds, and an offset that the platform's own client ignores. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/;

function fits(row: FakeRow, filter: Filter): boolean {
  if (filter.type === 'data_row_id' && filter.operator === 'is' && filter.ids.length <= 2_000) {
    return filter.ids.includes(row.data_row.id);
  }
  if (filter.type === 'data_row_last_activity_at') {
    const { operator, timezone, value } = filter.value;
    const { min, max } = value;
    if (operator === 'BETWEEN' && timezone === 'UTC' && DATE.test(min) && DATE.test(max)) {
      const activity = Date.parse(row.data_row.details.last_activity_at);
      return Date.parse(min) <= activity && activity <= Date.parse(max);
    }
  }
  throw failure(`unknown filter ${JSON.stringify(filter)}`, 'MALFORMED_REQUEST');
}

/** A row with the groups of members that were asked for. */
function withParams(row: FakeRow, params: ExportInput['params']): object {
  const without = <T extends object>(value: T, name: string, flag: string): object =>
    params[flag]
      ? value
      : Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  const projects = Object.entries(row.projects).map(([id, project]) => {
    const labels = project.labels.map((label) =>
      without(
        without(label, 'label_details', 'includeLabelDetails'),
        'performance_details',
        'includePerformanceDetails',
      ),
    );
    return [id, without({ ...project, labels }, 'project_details', 'includeProjectDetails')];
  });
  return {
    ...without(row, 'metadata_fields', 'includeMetadata'),
    data_row: without(row.data_row, 'details', 'includeDataRowDetails'),
    projects: Object.fromEntries(projects),
  };
}
