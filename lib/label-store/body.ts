import { deflateSync, inflateSync } from 'node:zlib';
import { LabelrelayError } from '../errors';
import type { Content } from './change';

/**
 * The stored form of content: its JSON, compressed by zlib (RFC 1950), which every language can read. DynamoDB charges for
 * each KB that is written, and the JSON of a label shrinks to about a third.
 */
export const toBody = (content: Content): Uint8Array => deflateSync(JSON.stringify(content));

/**
 * @param key of the subject, for the error
 * @throws LabelrelayError `unreadable-record` without a cause, since that of JSON quotes the content
 */
export function fromBody(body: Uint8Array, key: string): Content {
  try {
    return JSON.parse(inflateSync(body).toString()) as Content;
  } catch {
    const message = `expected JSON that zlib compressed as the content of ${key}, got ${body.length} other bytes`;
    throw new LabelrelayError('unreadable-record', message);
  }
}
