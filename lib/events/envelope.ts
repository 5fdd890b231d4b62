import { schemaOf } from './cloud-event';
import type { EventDraft } from './draft';
import { identifyEvent } from './identify';
import { printable } from './printable';
import type { Attributes } from './types';

/** The delivery that contained an event. */
export interface Origin {
  /** The configured name of the source, without a slash. */
  readonly source: string;
  /** The id from `identifyDelivery`. */
  readonly id: string;
  /** The platform's own id from a header. It is not authenticated. */
  readonly platformDeliveryId?: string;
  readonly receivedAt: Date;
  /** A random id that is made at receipt. It distinguishes occurrences with the same bytes. */
  readonly draw: string;
  /** The trace context of the delivery, as W3C defines it. */
  readonly traceParent?: string;
  readonly schemaBase: string;
}

/** @param index the event's place among all events of the delivery */
export function envelope(draft: EventDraft, origin: Origin, index: number): Attributes {
  const type = `labelrelay.${draft.topic}` as const;
  const received = origin.receivedAt.toISOString();
  return {
    specversion: '1.0',
    id: identifyEvent(draft.isOccurrence ? origin.id + origin.draw : origin.id, draft.topic, index),
    source: `/${origin.source}`,
    type,
    subject: draft.subject,
    time: draft.time ?? received,
    sequence: draft.sequence?.(received),
    recordedtime: received,
    partitionkey: partitionKey(origin.source, draft.projectId),
    deliveryid: printable(origin.platformDeliveryId),
    traceparent: origin.traceParent,
    datacontenttype: 'application/json',
    dataschema: schemaOf(type, origin.schemaBase),
  };
}

/** The longest key. The rest of the message needs room too. */
const MAX_PROJECT_ID_LENGTH = 4_096;

const partitionKey = (source: string, projectId: string | undefined): string =>
  projectId && projectId.length <= MAX_PROJECT_ID_LENGTH ? `${source}/${projectId}` : source;
