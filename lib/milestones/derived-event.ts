import type { AnyEvent } from '../consume/event';
import { schemaOf } from '../events/cloud-event';
import { identifyDerived } from '../events/identify';
import { byVersion, RANK } from '../events/sequence';
import type { DerivedTopic } from '../events/topics';
import type { Attributes, DataOf } from '../events/types';

/** The facts of an event that is derived from others. */
interface Facts<T extends DerivedTopic> {
  readonly topic: T;
  /** The configured name of the source, without a slash. */
  readonly source: string;
  readonly project?: string;
  readonly subject: string;
  /** The events of its subject differ in these. */
  readonly number: readonly (string | number)[];
  readonly time: string;
  readonly recordedtime: string;
  readonly recovered?: true;
  readonly data: DataOf<T>;
}

/** An event that is derived from others. The same facts give the same event. */
export type DerivedEvent = {
  [T in DerivedTopic]: Extract<AnyEvent, { type: `labelrelay.${T}` }>;
}[DerivedTopic];

export function deriveEvent<T extends DerivedTopic>(
  facts: Facts<T>,
  schemaBase: string,
): DerivedEvent {
  const { topic, source, project, subject, number, time, recordedtime, recovered, data } = facts;
  const type = `labelrelay.${topic}` as const;
  const attributes: Attributes = {
    specversion: '1.0',
    id: identifyDerived(type, source, subject, ...number),
    source: `/${source}`,
    type,
    subject,
    time,
    sequence: byVersion(time, RANK.updated)(recordedtime),
    recordedtime,
    recovered,
    partitionkey: project === undefined ? source : `${source}/${project}`,
    datacontenttype: 'application/json',
    dataschema: schemaOf(type, schemaBase),
  };
  return { ...attributes, data } as DerivedEvent;
}
