import { createHash } from 'node:crypto';
import { escapeJson } from '../json/escape';
import { CLOUD_EVENT_CONTENT_TYPE } from './cloud-event';
import type { Attributes, ClaimCheck } from './types';

/** The names of a message's attributes. */
const ATTRIBUTES = ['contentType', 'type', 'source'] as const;

/** A message for SQS: a CloudEvent in structured mode. */
export interface Message {
  readonly body: string;
  readonly attributes: Readonly<Record<(typeof ATTRIBUTES)[number], string>>;
  /** The message group, by which SQS shares a standard queue fairly between projects. */
  readonly groupId: string;
  /** The size in bytes as SQS counts it. To measure a long text takes a pass over it. */
  readonly size: number;
}

/** @param data the `data` of the event as JSON text, or its claim check */
export function toMessage(attributes: Attributes, data: string | ClaimCheck): Message {
  const body =
    typeof data === 'string'
      ? `${escapeJson(JSON.stringify(attributes)).slice(0, -1)},"data":${data}}`
      : escapeJson(JSON.stringify({ ...attributes, ...data }));
  const { type, source, partitionkey } = attributes;
  const named = { contentType: CLOUD_EVENT_CONTENT_TYPE, type, source };
  return {
    body,
    attributes: named,
    groupId: toGroupId(partitionkey),
    size: sizeOf(body, named),
  };
}

const GROUP_ID = /^[\x21-\x7e]{1,128}$/;

/** SQS accepts 1 to 128 printable ASCII characters without spaces. Any other key is replaced by its digest. */
const toGroupId = (key: string): string =>
  GROUP_ID.test(key) ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;

/** SQS counts the body and each attribute's name, type and value. */
function sizeOf(body: string, attributes: Message['attributes']): number {
  let size = Buffer.byteLength(body);
  for (const name of ATTRIBUTES) {
    size += name.length + 'String'.length + Buffer.byteLength(attributes[name]);
  }
  return size;
}
