import { deflateSync, inflateSync } from 'node:zlib';
import type { Content } from './change';

/**
 * The stored form of content: its JSON, compressed by zlib (RFC 1950), which every language can read. DynamoDB charges for
 * each KB that is written, and the JSON of a label shrinks to about a third.
 */
export const toBody = (content: Content): Uint8Array => deflateSync(JSON.stringify(content));

export const fromBody = (body: Uint8Array): Content =>
  JSON.parse(inflateSync(body).toString()) as Content;
