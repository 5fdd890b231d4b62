import { randomUUID } from 'node:crypto';
import type { EventOf } from '../consume/event';
import { schemaOf } from '../events/cloud-event';
import { byLife, byVersion, RANK } from '../events/sequence';
import type { Topic } from '../events/topics';
import type { DataOf } from '../events/types';
import { REPORTS_EACH_DELETION } from '../platforms/deletions';

/**
 * Builds a valid event of a topic. An event with a `subject` gets a `sequence` of its `time`, with a rank by its topic. The
 * form is that of its platform, after which the source is named.
 *
 * @param topic such as `label.created`
 * @param data the members of `data`; required ones have a default
 * @param attributes the members of the event beside `data`, such as `subject` and `time`
 *
 * @example
 * ```ts
 * import { buildEvent } from 'labelrelay/testing';
 *
 * const event = buildEvent('label.created', { labels: [{ id: 'a' }] }, { subject: 'label/a' });
 * console.log(event.type, event.subject); // labelrelay.label.created label/a
 * console.log(event.sequence); // 2026-01-01T00:00:00.000000Z-0
 * ```
 */
export function buildEvent<T extends Topic>(
  topic: T,
  data: Partial<DataOf<T>> = {},
  attributes: Partial<EventOf<T>> = {},
): EventOf<T> {
  const type = `labelrelay.${topic}` as const;
  const source = attributes.source ?? '/labelbox';
  const time = attributes.time ?? '2026-01-01T00:00:00Z';
  const known = { platform: source.slice(1), ...NEEDED[topic], ...data };
  return {
    specversion: '1.0',
    id: randomUUID(),
    source,
    type,
    time,
    sequence: attributes.subject && sequenceOf(topic, known.platform, time),
    recordedtime: time,
    partitionkey: source.slice(1),
    datacontenttype: 'application/json',
    dataschema: schemaOf(type),
    ...attributes,
    data: known,
  } as EventOf<T>;
}

function sequenceOf(topic: Topic, platform: string, time: string): string | undefined {
  const rank = RANK[topic.split('.')[1] as keyof typeof RANK] ?? RANK.updated;
  const sequence = REPORTS_EACH_DELETION.has(platform)
    ? byVersion(time, rank)
    : byLife(time, time, rank);
  return sequence(time);
}

/** The required members of the data of a topic. */
const NEEDED: { readonly [topic in Topic]?: object } = {
  'workflow.action': { dataRow: {}, workflow: {} },
  'task.completed': { completedAt: '2026-01-01T00:00:00Z' },
  'project.completed': { tasks: 1, completedAt: '2026-01-01T00:00:00Z' },
  'milestone.reached': {
    rule: 'retrain',
    reason: 'count',
    source: 'labelbox',
    subjects: 1,
    firstAt: '2026-01-01T00:00:00Z',
    lastAt: '2026-01-01T00:00:00Z',
    epoch: 1,
  },
  unrecognized: { reason: 'unknown-event' },
};
