import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWorker } from '../../lib/consume/create-worker';
import { type AnyEvent, topicOf } from '../../lib/consume/event';
import { keepNewest } from '../../lib/consume/keep-newest';
import { labelHandlers, storedTopics } from '../../lib/label-store/label-handlers';
import { createLabelStore } from '../../lib/label-store/label-store';
import type { LabelPorts } from '../../lib/label-store/ports';
import type { StoredLabel } from '../../lib/label-store/stored-label';
import type { Random } from '../fuzz/random';
import { startLabelPlaces } from '../support/label-stores';
import { inSteps } from './each-history';
import { playEach } from './play-each';
import { rehearse } from './rehearse';
import { makeRowHistory } from './row-history';
import { makeStudioHistory } from './studio-history';

// Every call goes to a real server, so there are few of these.
const HISTORIES = process.env.PROPERTY_RUNS ? 500 : 12;
/** Labels whose bodies are larger are objects. */
const MAX_BODY_BYTES = 1_000;

let started: Awaited<ReturnType<typeof startLabelPlaces>>;
beforeAll(async () => {
  started = await startLabelPlaces();
});
afterAll(() => started.stop());

const workerOn = (ports: LabelPorts) =>
  createWorker(labelHandlers, {
    guard: keepNewest(createLabelStore(ports, { maxBodyBytes: MAX_BODY_BYTES })),
  });

interface History {
  readonly events: readonly AnyEvent[];
  /** The labels that must be listed. */
  readonly expected: object;
}

/** Plays histories, each in a table of its own, and compares the labels that are listed with the expected ones. */
async function eachHistory(
  make: (random: Random) => History,
  shown: (labels: readonly StoredLabel[]) => object,
): Promise<void> {
  await playEach(HISTORIES, 'histories of the label store', async (random) => {
    const { events, expected } = make(random);
    const large = events.map((event) => (random.chance(0.4) ? enlarge(event) : event));
    const table = await started.createTable();
    const { ports, objects } = started.places(table);
    const stalls = random.chance(0.5);
    await rehearse(large, {
      random,
      workers: 1 + random.below(8),
      crash: random.pick([0, 0.05, 0.1]),
      stalls,
      handle: (event, stage) =>
        workerOn(started.places(table, (client) => inSteps(client, stage)).ports)(
          JSON.stringify(event),
        ),
    });
    // A worker that stalls for longer than its message is hidden, and then dies, can leave an object. Its next event cleans up.
    if (stalls) for (const event of large) await workerOn(ports)(JSON.stringify(event));

    const labels: StoredLabel[] = [];
    for await (const label of createLabelStore(ports).list()) labels.push(label);
    expect(shown(labels)).toEqual(expected);
    const subjects = new Set(labels.map(({ source, subject }) => `/${source}/${subject}`));
    const states = await Promise.all([...subjects].map((key) => ports.items.read([key])));
    const pointed = states.flatMap(([state]) => state?.object ?? []);
    expect([...(await objects())].sort()).toEqual(pointed.sort());
  });
}

const INCOMPRESSIBLE = randomBytes(MAX_BODY_BYTES).toString('hex');

/** The same event with a label that is too large for an item. */
function enlarge(event: AnyEvent): AnyEvent {
  if (!('labels' in event.data) || !event.data.labels?.length) return event;
  const framesUri = INCOMPRESSIBLE;
  const labels = event.data.labels.map((label) => ({ ...label, framesUri }));
  return { ...event, data: { ...event.data, labels } } as AnyEvent;
}

test('Label Studio: tasks and projects take theirs along, and ids are used again', async () => {
  await eachHistory(
    (random) => {
      const { events, labels } = makeStudioHistory(random, 'studio');
      return {
        events: events.filter((event) => storedTopics.includes(topicOf(event))),
        expected: Object.fromEntries(Object.entries(labels).filter(([, fate]) => fate !== 'gone')),
      };
    },
    (labels) =>
      Object.fromEntries(
        labels.map(({ source, subject, label }) => [`/${source}/${subject}`, label.updatedAt]),
      ),
  );
}, 600_000);

test('rows of Labelbox: their labels are those of the last change that was delivered', async () => {
  const isAny = ([, labels]: [string, object]): boolean => Object.keys(labels).length > 0;
  await eachHistory(
    (random) => {
      const { events, expected } = makeRowHistory(random);
      return { events, expected: Object.fromEntries(Object.entries(expected).filter(isAny)) };
    },
    (labels) => {
      const found: Record<string, Record<string, string | undefined>> = {};
      for (const { source, subject, label } of labels) {
        const key = `/${source}/${subject}`;
        found[key] = { ...found[key], [label.id ?? '']: label.classifications?.[0]?.text };
      }
      return found;
    },
  );
}, 600_000);
