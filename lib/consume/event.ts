import type { Topic } from '../events/topics';
import type { Attributes, DataOf } from '../events/types';

/**
 * An event of one topic. `data` is present, even if it travelled as a claim check.
 *
 * @example
 * ```ts
 * import { buildEvent } from 'labelrelay/testing';
 * import type { EventOf } from 'labelrelay/worker';
 *
 * const labelsOf = ({ data }: EventOf<'label.created' | 'label.updated'>) => data.labels ?? [];
 * console.log(labelsOf(buildEvent('label.created', { labels: [{ id: 'a' }] })).length); // 1
 * ```
 */
export type EventOf<T extends Topic> = Omit<Attributes, 'type'> & {
  /** The topic: `labelrelay.<topic>`. */
  readonly type: `labelrelay.${T}`;
  /** The normalized payload. */
  readonly data: DataOf<T>;
};

/**
 * An event of any topic. `type` names the topic.
 *
 * @example
 * ```ts
 * import { buildEvent } from 'labelrelay/testing';
 * import type { AnyEvent } from 'labelrelay/worker';
 *
 * const event: AnyEvent = buildEvent('task.created', { task: { id: '7' } });
 * if (event.type === 'labelrelay.task.created') console.log(event.data.task?.id); // 7
 * ```
 */
export type AnyEvent = { [T in Topic]: EventOf<T> }[Topic];

/**
 * Whether the subject of an event no longer exists. After a `label.deleted` of a Labelbox v2 data row it still exists:
 * the event lists the remaining labels.
 *
 * @example
 * ```ts
 * import { isGone } from 'labelrelay/worker';
 *
 * console.log(isGone({ sequence: '2026-01-01T00:00:00.000000Z-2' })); // true
 * console.log(isGone({ sequence: '2026-01-01T00:00:00.000000Z-1' })); // false
 * ```
 */
export const isGone = ({ sequence }: Pick<AnyEvent, 'sequence'>): boolean =>
  sequence?.endsWith('-2') ?? false;

/**
 * The topic of an event.
 *
 * @example
 * ```ts
 * import { topicOf } from 'labelrelay/worker';
 *
 * console.log(topicOf({ type: 'labelrelay.label.created' })); // label.created
 * ```
 */
export const topicOf = ({ type }: Pick<AnyEvent, 'type'>): Topic =>
  type.slice('labelrelay.'.length) as Topic;
