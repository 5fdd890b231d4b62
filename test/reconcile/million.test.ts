import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { platformApi } from '../../lib/platforms/platform-api';
import { memoryNotes } from '../../lib/reconcile/memory-notes';
import { reconcile } from '../../lib/reconcile/reconcile';
import { resultOf } from '../support/fake-label-studio/studio';
import { inMemory } from '../support/label-stores';
import { labelboxRows } from '../support/labelbox-rows';

const LABELS = Number(process.env.LABELS ?? (process.env.PROPERTY_RUNS ? 1_000_000 : 5_000));
const MIB = 1_048_576;
const TIME = '2026-01-01T00:00:00.000000Z';

const annotation = (id: number) => ({
  ...{ id, task: id, project: 1, result: resultOf('a'), was_cancelled: false, ground_truth: false },
  ...{ created_at: TIME, updated_at: TIME },
});
const task = (id: number) => ({
  ...{ id, project: 1, data: { text: `text ${id}` }, created_at: TIME, updated_at: TIME },
  ...{ total_annotations: 1, cancelled_annotations: 0, annotations: [annotation(id)] },
});
const project = { id: 1, title: 'large', label_config: '<View/>', created_at: TIME };

/** A platform that has nothing of what it lists in memory. */
interface Platform {
  readonly source: 'label-studio' | 'labelbox';
  answer(url: URL, incoming: IncomingMessage): Promise<object | string>;
  /** How many events, and at most how many requests there are. */
  readonly events: number;
  readonly requests: number;
}

/** One project with a label in each task. */
async function studio(url: URL): Promise<object> {
  if (url.pathname.startsWith('/api/current-user')) return { active_organization: 1 };
  if (url.pathname === '/api/projects/') return { results: [project], next: null };
  const { filters } = JSON.parse(url.searchParams.get('query') ?? '{}');
  const from = filters.items[0]?.value ?? 1;
  const total = Math.max(0, LABELS - from + 1);
  const tasks = Array.from({ length: Math.min(100, total) }, (_, n) => task(from + n));
  return { tasks, total };
}

/** The rows of an export are lines of one length, so that each offset tells its row. */
const line = (id: number): string => {
  const name = String(id).padStart(7, '0');
  const [row] = labelboxRows('1', 1);
  const { labels = [], ...own } = row?.projects['1'] ?? {};
  return `${JSON.stringify({
    ...row,
    data_row: { ...row?.data_row, id: `row-${name}` },
    projects: { 1: { ...own, labels: labels.map((label) => ({ ...label, id: name })) } },
  })}\n`;
};
const LINE_BYTES = Buffer.byteLength(line(0));
const LINES_IN_FILE = 5_000;

/** Labelbox's answers about one export, and its files. */
async function labelbox(url: URL, incoming: IncomingMessage): Promise<object | string> {
  if (url.pathname === '/file') {
    const from = Number(url.searchParams.get('from'));
    const count = Math.min(LINES_IN_FILE, LABELS - from);
    return Array.from({ length: count }, (_, n) => line(from + n)).join('');
  }
  const { query, variables } = JSON.parse(await text(incoming));
  const [, first] = /\{ ?(\w+)/.exec(query) ?? [];
  if (/organization/.test(query)) return { data: { organization: { id: 'o' } } };
  if (first === 'projects') return { data: { projects: [{ id: '1' }] } };
  if (/^mutation/.test(query)) return { data: { exportDataRowsInProject: { taskId: 'e' } } };
  if (/createdTasks/.test(query)) {
    return { data: { user: { createdTasks: [{ id: 'e', status: 'COMPLETE' }] } } };
  }
  if (first === 'user') return { data: { user: { id: 'u' } } };
  if (/exportMetadataHeader/.test(query)) {
    const lines = variables.streamType === 'RESULT' ? LABELS : 0;
    const size = { totalSize: lines * LINE_BYTES, totalLines: lines };
    return { data: { task: { exportMetadataHeader: lines === 0 ? null : size } } };
  }
  const from = Math.floor(Number(variables.offset) / LINE_BYTES);
  const lines = Math.min(LINES_IN_FILE, LABELS - from);
  const offsets = { start: from * LINE_BYTES, end: (from + lines) * LINE_BYTES - 1 };
  const file = `http://${incoming.headers.host}/file?from=${from}`;
  return { data: { task: { exportFileFromOffset: { offsets, file } } } };
}

test.each<Platform>([
  {
    source: 'label-studio',
    answer: studio,
    // A project, and the tasks with their labels.
    events: 1 + 2 * LABELS,
    // One asks who the user is, one lists the projects, and the others are pages.
    requests: LABELS / 100 + 3,
  },
  {
    source: 'labelbox',
    answer: labelbox,
    events: LABELS,
    // A file is asked for, and read. Ten are about the organization, the projects, and the export.
    requests: (2 * LABELS) / LINES_IN_FILE + 10,
  },
])(
  '$source: labels are listed with few requests, in the memory of a few',
  async (platform) => {
    let requests = 0;
    const server = createServer(async (incoming, response) => {
      requests++;
      const found = await platform.answer(new URL(incoming.url ?? '', 'http://large'), incoming);
      response.end(typeof found === 'string' ? found : JSON.stringify(found));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { listing } = platformApi(platform.source, {
      apiKey: 'key',
      address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      requestsPerSecond: 1_000_000,
    });

    let events = 0;
    let highest = 0;
    const before = process.memoryUsage().rss;
    const cpu = process.cpuUsage();
    const report = await reconcile(
      {
        listing,
        labels: inMemory().ports,
        notes: memoryNotes(),
        async publish(drafts) {
          events += drafts.length;
          highest = Math.max(highest, process.memoryUsage().rss);
        },
        backlog: async () => 0,
      },
      { source: platform.source, extent: 'full', lagMs: 0 },
    );
    server.close();
    server.closeAllConnections();
    const grown = Math.round((highest - before) / MIB);
    // The fake's part is in it.
    const seconds = Math.round(process.cpuUsage(cpu).user / 1e6);
    process.stdout.write(
      `${platform.source}: labels = ${LABELS}, requests = ${requests}, grown by ${grown} MiB, ${seconds} s of CPU\n`,
    );
    expect(report).toMatchObject({ recovered: platform.events, unreadable: 0 });
    expect(events).toBe(platform.events);
    expect(requests).toBeLessThanOrEqual(platform.requests);
    // 11 to 23 bytes for each thing that was listed and for each that was published, and what the engine has not collected.
    expect(highest - before).toBeLessThan(150 * MIB + LABELS * 4 * 23);
  },
  3_600_000,
);
