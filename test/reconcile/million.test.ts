import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { tools } from '../../lib/platforms/label-studio/webhooks/tools';
import { memoryNotes } from '../../lib/reconcile/memory-notes';
import { reconcile } from '../../lib/reconcile/reconcile';
import { resultOf } from '../support/fake-label-studio/studio';
import { inMemory } from '../support/label-stores';

const LABELS = process.env.PROPERTY_RUNS ? 1_000_000 : 5_000;
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

/** One project with a label in each task. Nothing of it is in memory. */
function answer(url: URL): object {
  if (url.pathname.startsWith('/api/current-user')) return { active_organization: 1 };
  if (url.pathname === '/api/projects/') return { results: [project], next: null };
  const { filters } = JSON.parse(url.searchParams.get('query') ?? '{}');
  const from = filters.items[0]?.value ?? 1;
  const total = Math.max(0, LABELS - from + 1);
  const tasks = Array.from({ length: Math.min(100, total) }, (_, n) => task(from + n));
  return { tasks, total };
}

test(`${LABELS} labels are listed with one request for 100 tasks, in the memory of a few`, async () => {
  let requests = 0;
  const server = createServer((incoming, response) => {
    requests++;
    response.end(JSON.stringify(answer(new URL(incoming.url ?? '', 'http://large'))));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const value = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = { url: { variable: '', value }, apiKey: 'key', timeoutMs: 60_000 };
  const listing = tools.listing?.(access, { requestsPerSecond: 1_000_000 });
  if (!listing) throw new Error('expected Label Studio to be listed');

  let events = 0;
  let highest = 0;
  const before = process.memoryUsage().rss;
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
    { source: 'label-studio', extent: 'full', lagMs: 0 },
  );
  server.close();
  server.closeAllConnections();
  const grown = Math.round((highest - before) / MIB);
  process.stdout.write(`labels = ${LABELS}, requests = ${requests}, grown by ${grown} MiB\n`);
  expect(report).toMatchObject({ recovered: 1 + 2 * LABELS, unreadable: 0 });
  expect(events).toBe(1 + 2 * LABELS);
  // One asks who the user is, one lists the projects, and the others are pages.
  expect(requests).toBeLessThanOrEqual(LABELS / 100 + 3);
  // 11 to 23 bytes for each thing that was listed and for each that was published, and what the engine has not collected.
  expect(highest - before).toBeLessThan(150 * MIB + LABELS * 4 * 23);
}, 3_600_000);
