import type { Attributes } from '../events/schemas/attributes';
import type { DataOf } from '../events/schemas/by-topic';
import type { Topic } from '../events/topics';

/** An event of one topic, with its data at hand wherever it was kept. */
export type EventOf<T extends Topic> = Omit<Attributes, 'type'> & {
  readonly type: `labelrelay.${T}`;
  readonly data: DataOf<T>;
};

/** An event of any topic: `type` tells which. */
export type AnyEvent = { [T in Topic]: EventOf<T> }[Topic];

/**
 * Whether what an event is about is gone altogether. A `label.deleted` of a Labelbox v2 data row is
 * not: it lists the labels that remain.
 */
export const isGone = ({ sequence }: Pick<AnyEvent, 'sequence'>): boolean =>
  sequence?.endsWith('-2') ?? false;

export const topicOf = ({ type }: Pick<AnyEvent, 'type'>): Topic =>
  type.slice('labelrelay.'.length) as Topic;
