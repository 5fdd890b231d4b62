import { randomUUID } from 'node:crypto';
import { createWorker } from '../../lib/consume/create-worker';
import { keepNewest } from '../../lib/consume/keep-newest';
import type { EventDraft } from '../../lib/events/draft';
import { envelope } from '../../lib/events/envelope';
import { identifyDelivery } from '../../lib/events/identify';
import { toMessage } from '../../lib/events/message';
import { microseconds } from '../../lib/events/timestamp';
import { labelHandlers, storedTopics } from '../../lib/label-store/label-handlers';
import { createLabelStore } from '../../lib/label-store/label-store';
import type { LabelPorts } from '../../lib/label-store/ports';
import type { Headers, Platform } from '../../lib/platforms/platform';
import { memoryNotes } from '../../lib/reconcile/memory-notes';
import type { ReconcilePorts } from '../../lib/reconcile/ports';
import { type ReconcileOptions, reconcile } from '../../lib/reconcile/reconcile';
import { recoveredPublisher } from '../../lib/reconcile/recovered-publisher';
import type { Listing } from '../../lib/webhook-api/listing';
import type { Random } from '../fuzz/random';
import { inMemory } from '../support/label-stores';
import { memoryPorts } from '../support/memory-ports';

/** A delivery of a platform. */
export interface Webhook {
  readonly body: object;
  readonly headers?: Headers;
}

/** A label as the store and the platform show it, in one form. */
export interface Shown {
  readonly id: string;
  readonly project: string | undefined;
  readonly content: unknown;
  readonly times: readonly (string | undefined)[];
  readonly skipped: boolean | undefined;
  readonly groundTruth?: boolean;
  readonly choices: readonly (string | undefined)[] | undefined;
}

/** A fake of a platform in one history. */
export interface Fake {
  readonly platform: Platform;
  listing(): Listing;
  /** A change that somebody makes. @returns the webhook that tells of it, if there is one */
  change(random: Random): Webhook | undefined;
  /** Every label that is there. */
  labels(): Shown[];
  /** The part of the content of a data row that does not differ from answer to answer. */
  contentOf(content: unknown): unknown;
  /** Has the server call a function before each answer. @param isFaulty whether the answer is a fault then */
  intercept(isFaulty: (() => boolean) | undefined, random: Random): void;
}

const SETTINGS = {
  claimCheckBytes: 262_144,
  native: true,
  schemaBase: 'urn:labelrelay:schema:',
  routes: Object.fromEntries(storedTopics.map((topic) => [topic, ['label-store']])),
} as unknown as Parameters<typeof recoveredPublisher>[2];

/** A platform, the queue of the label store, and the store itself, by one clock that a test moves. */
export function createWorld(
  fake: Fake,
  clock: { now: number },
  labels: LabelPorts = inMemory().ports,
) {
  const { ports, sent } = memoryPorts();
  const notes = memoryNotes();
  const store = createLabelStore(labels);
  const worker = createWorker(labelHandlers, { guard: keepNewest(store, () => clock.now) });
  const log: string[] = [];

  const source = { name: fake.platform.name, platform: fake.platform };
  const portsOf = (): ReconcilePorts => ({
    listing: fake.listing(),
    labels,
    notes,
    publish: recoveredPublisher(source, ports, SETTINGS),
    backlog: async () => 0,
  });

  return {
    store,
    sent,
    /** The steps of the history, to understand a failure. */
    log,
    portsOf,
    /** A webhook that arrives now. */
    receive({ body, headers = {} }: Webhook): void {
      const text = JSON.stringify(body);
      log.push(`  receive ${text.slice(0, 150)}`);
      const origin = {
        source: source.name,
        id: identifyDelivery(source.name, text),
        receivedAt: new Date(clock.now),
        receiptId: randomUUID(),
        schemaBase: SETTINGS.schemaBase,
      };
      const drafts = fake.platform.normalize(fake.platform.redact(JSON.parse(text)), headers);
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
        source: source.name,
        extent: 'full',
        lagMs: 0,
        now: () => new Date(clock.now),
        ...options,
      }),
    /** Each label as the store and the platform show it, in one form. */
    async shown() {
      const stored: Shown[] = [];
      for await (const { label, project, dataRow } of store.list()) {
        stored.push({
          id: label.id ?? '',
          project: project?.id,
          content: fake.contentOf(dataRow?.content),
          times: [label.createdAt, label.updatedAt],
          skipped: label.skipped,
          groundTruth: label.groundTruth,
          choices: label.classifications?.flatMap(
            ({ answers }) => answers?.map(({ name }) => name) ?? [],
          ),
        });
      }
      return { stored: inOrder(stored), there: inOrder(fake.labels()) };
    },
  };
}

/** A label that the store has in two forms is shown once if both are equal. */
function inOrder(labels: readonly Shown[]): Shown[] {
  const texts = labels.map(({ times, ...label }) =>
    JSON.stringify({ ...label, times: times.map((time) => time && microseconds(time)) }),
  );
  return [...new Set(texts)].sort().map((text) => JSON.parse(text));
}
