import { schemaOf } from './cloud-event';
import type { EventDraft } from './draft';
import { identifyEvent, identifyRecovered } from './identify';
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
  readonly receiptId: string;
  /** The trace context of the delivery, as W3C defines it. */
  readonly traceParent?: string;
  readonly schemaBase: string;
}

/** @param index the event's place among all events of the delivery */
export function envelope(draft: EventDraft, origin: Origin, index: number): Attributes {
  const type = `labelrelay.${draft.topic}` as const;
  const received = origin.receivedAt.toISOString();
  const sequence = draft.sequence?.(received);
  return {
    specversion: '1.0',
    id: idOf(draft, origin, sequence, index),
    source: `/${origin.source}`,
    type,
    subject: draft.subject,
    time: draft.time ?? received,
    sequence,
    recordedtime: received,
    recovered: draft.recovered,
    partitionkey: partitionKey(origin.source, draft.projectId),
    deliveryid: printable(origin.platformDeliveryId),
    traceparent: origin.traceParent,
    datacontenttype: 'application/json',
    dataschema: schemaOf(type, origin.schemaBase),
  };
}

function idOf(
  { topic, subject, isOccurrence, recovered }: EventDraft,
  { source, id, receiptId }: Origin,
  sequence: string | undefined,
  index: number,
): string {
  if (recovered && subject && sequence) return identifyRecovered(source, subject, sequence);
  return identifyEvent(isOccurrence ? id + receiptId : id, topic, index);
}

/** The longest key. The rest of the message needs room too. */
const MAX_PROJECT_ID_LENGTH = 4_096;

const partitionKey = (source: string, projectId: string | undefined): string =>
  projectId && projectId.length <= MAX_PROJECT_ID_LENGTH ? `${source}/${projectId}` : source;
