import { randomUUID } from 'node:crypto';
import { createWorker } from '../../lib/consume/create-worker';
import { keepNewest } from '../../lib/consume/keep-newest';
import type { EventDraft } from '../../lib/events/draft';
import { envelope } from '../../lib/events/envelope';
import { identifyDelivery } from '../../lib/events/identify';
import { toMessage } from '../../lib/events/message';
import { labelHandlers, storedTopics } from '../../lib/label-store/label-handlers';
import { createLabelStore } from '../../lib/label-store/label-store';
import type { LabelPorts } from '../../lib/label-store/ports';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { tools } from '../../lib/platforms/label-studio/webhooks/tools';
import { memoryNotes } from '../../lib/reconcile/memory-notes';
import type { ReconcilePorts } from '../../lib/reconcile/ports';
import { type ReconcileOptions, reconcile } from '../../lib/reconcile/reconcile';
import { recoveredPublisher } from '../../lib/reconcile/recovered-publisher';
import { FAKE_TOKEN, type FakeServer } from '../support/fake-label-studio/start';
import type { FakeStudio, Webhook } from '../support/fake-label-studio/studio';
import { inMemory } from '../support/label-stores';
import { memoryPorts } from '../support/memory-ports';

const SOURCE = { name: 'label-studio', platform: labelStudio };
const SETTINGS = {
  claimCheckBytes: 262_144,
  native: true,
  schemaBase: 'urn:labelrelay:schema:',
  routes: Object.fromEntries(storedTopics.map((topic) => [topic, ['label-store']])),
} as unknown as Parameters<typeof recoveredPublisher>[2];

/** A Label Studio, the queue of the label store, and the store itself, by one clock that a test moves. */
export function createWorld(
  studio: FakeStudio,
  server: FakeServer,
  clock: { now: number },
  labels: LabelPorts = inMemory().ports,
) {
  const { ports, sent } = memoryPorts();
  const notes = memoryNotes();
  const store = createLabelStore(labels);
  const worker = createWorker(labelHandlers, { guard: keepNewest(store, () => clock.now) });
  const log: string[] = [];

  const listing = () => {
    const found = tools.listing?.(
      {
        url: { variable: 'LABEL_STUDIO_URL', value: server.url },
        apiKey: FAKE_TOKEN,
        timeoutMs: 5_000,
      },
      { requestsPerSecond: 100_000 },
    );
    if (!found) throw new Error('expected Label Studio to be listed');
    return found;
  };
  const portsOf = (): ReconcilePorts => ({
    listing: listing(),
    labels,
    notes,
    publish: recoveredPublisher(SOURCE, ports, SETTINGS),
    backlog: async () => 0,
  });

  return {
    store,
    sent,
    /** What happened, to understand a failure. */
    log,
    portsOf,
    /** A webhook that arrives now. */
    receive(webhook: Webhook): void {
      const text = JSON.stringify(webhook);
      log.push(`  receive ${text.slice(0, 150)}`);
      const origin = {
        source: SOURCE.name,
        id: identifyDelivery(SOURCE.name, text),
        receivedAt: new Date(clock.now),
        draw: randomUUID(),
        schemaBase: SETTINGS.schemaBase,
      };
      const drafts = labelStudio.normalize(labelStudio.redact(JSON.parse(text)), {});
      drafts.forEach((draft: EventDraft, index) => {
        const attributes = envelope(draft, origin, index);
        const { body } = toMessage(attributes, JSON.stringify(draft.data));
        sent.push({ queue: 'label-store', body });
      });
    },
    /** The store takes messages. @param order of all that wait */
    async drain(order: (bodies: string[]) => string[] = (bodies) => bodies): Promise<void> {
      for (const body of order(sent.splice(0).map((message) => message.body))) {
        const { type, subject, sequence, recovered = '' } = JSON.parse(body);
        log.push(`  ${await worker(body)}: ${type} ${subject} ${sequence} ${recovered}`);
      }
    },
    run: (options: Partial<ReconcileOptions> = {}, through = portsOf()) =>
      reconcile(through, {
        source: SOURCE.name,
        extent: 'full',
        lagMs: 0,
        now: () => new Date(clock.now),
        ...options,
      }),
    /** What the store and the platform show of each label, in one form. */
    async shown() {
      const stored: object[] = [];
      for await (const { label, project, dataRow } of store.list()) {
        stored.push({
          id: label.id,
          project: project?.id,
          content: dataRow?.content,
          times: [label.createdAt, label.updatedAt],
          skipped: label.skipped,
          groundTruth: label.groundTruth,
          choices: label.classifications?.flatMap(({ answers }) => answers?.map((a) => a.name)),
        });
      }
      const there = [...studio.annotations.values()].map((each) => ({
        id: String(each.id),
        project: String(each.project),
        content: studio.tasks.get(each.task)?.data,
        times: [each.created_at, each.updated_at],
        skipped: each.was_cancelled,
        groundTruth: each.ground_truth,
        choices: choicesOf(each.result),
      }));
      const byId = (one: object, other: object) =>
        Number((one as { id: string }).id) - Number((other as { id: string }).id);
      return { stored: stored.sort(byId), there: there.sort(byId) };
    },
  };
}

const choicesOf = (result: object[]): string[] =>
  (result as { value: { choices: string[] } }[]).flatMap(({ value }) => value.choices);
