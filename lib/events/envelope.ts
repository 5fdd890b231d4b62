import { schemaOf } from './cloud-event';
import type { EventDraft } from './draft';
import { identifyEvent } from './identify';
import { printable } from './printable';
import type { Attributes } from './schemas/attributes';

/** The delivery that an event came in. */
export interface Origin {
  /** The configured name of the source, without a slash. */
  readonly source: string;
  /** Our own id, from `identifyDelivery`. */
  readonly id: string;
  /** The platform's id as it came in a header: untrusted. */
  readonly platformDeliveryId?: string;
  readonly receivedAt: Date;
  /** Drawn once when the delivery is received: tells occurrences with the same bytes apart. */
  readonly draw: string;
  /** The trace that the delivery belongs to, in W3C's words. */
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

/** A key must leave room for the rest of the message. */
const MAX_PROJECT_ID_LENGTH = 4_096;

const partitionKey = (source: string, projectId: string | undefined): string =>
  projectId && projectId.length <= MAX_PROJECT_ID_LENGTH ? `${source}/${projectId}` : source;
