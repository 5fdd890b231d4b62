import type { EventOf } from '../consume/event';
import { topics as allTopics, type Topic } from '../events/topics';
import { buildEvent } from './build-event';
import { random } from './random';

const START = Date.parse('2026-01-01T00:00:00Z');
/** So few that most subjects have several events. */
const SUBJECTS = 5;

/**
 * Builds events of a few subjects, of every topic in turn, each a second later than the one before. The labels in them have
 * boxes of the classes `cat` and `dog`. The same seed gives the same events.
 *
 * @param count the number of events
 * @param options the seed, topics and sources
 *
 * @example
 * ```ts
 * import { buildEvents } from 'labelrelay/testing';
 * import { topicOf } from 'labelrelay/worker';
 *
 * const events = buildEvents(3, { topics: ['label.created', 'label.deleted'] });
 * console.log(events.map(topicOf).join()); // label.created,label.deleted,label.created
 * ```
 */
export function buildEvents<T extends Topic = Topic>(
  count: number,
  {
    seed = 1,
    topics = allTopics as never,
    sources = SOURCES,
  }: {
    /** A whole number: 1 by default. */
    readonly seed?: number;
    /** All topics by default. */
    readonly topics?: readonly T[];
    /** The sources, each named after its platform: `/labelbox` and `/label-studio` by default. */
    readonly sources?: readonly string[];
  } = {},
): { [K in T]: EventOf<K> }[T][] {
  const next = random(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return Array.from({ length: count }, (_, index) => {
    const topic = topics[index % topics.length] as T;
    const [entity = ''] = topic.split('.');
    const id = String(below(SUBJECTS));
    return buildEvent(
      topic,
      dataOf(topic, id, below) as never,
      {
        id: Array.from({ length: 32 }, () => below(16).toString(16)).join(''),
        source: sources[below(sources.length)],
        subject: `${entity}/${id}`,
        time: `${new Date(START + index * 1_000).toISOString().slice(0, 19)}Z`,
      } as never,
    );
  });
}

const SOURCES = ['/labelbox', '/label-studio'];

/** The members of `data` that name the subject, and the work of an annotator. */
function dataOf(topic: Topic, id: string, below: (limit: number) => number): object {
  const project = { id: '1' };
  const [entity] = topic.split('.');
  if (topic === 'label.deleted') return { project, labels: [{ id, deleted: true }] };
  if (entity === 'label') {
    const annotations = Array.from({ length: below(4) }, () => ({
      kind: 'bbox',
      name: below(2) === 0 ? 'cat' : 'dog',
      bbox: [below(100), below(100), 1 + below(100), 1 + below(100)],
      classifications: [],
    }));
    return { project, dataRow: { id }, labels: [{ id, annotations, classifications: [] }] };
  }
  if (entity === 'review') return { project, label: { id }, review: { id } };
  if (entity === 'task') return { project, task: { id } };
  return entity === 'project' ? { project: { id } } : {};
}
