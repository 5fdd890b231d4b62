import { createHash } from 'node:crypto';
import type { Travelling } from './decode-event';
import { parseJson } from './parse-json';
import { Poison } from './poison';
import type { DataStore } from './ports';
import { RetryLater } from './retry-later';

/**
 * What is missing may turn up for so long after the event was received, in milliseconds: less than a
 * message's tries take.
 */
const PATIENCE_MS = 5 * 60_000;

/**
 * The data of an event that does not carry it.
 *
 * @throws Poison when it is kept in another bucket, or is not what was kept and the event is old;
 *   RetryLater while the event is young
 */
export async function fetchData(
  { dataref = '', datadigest, recordedtime }: Travelling,
  store: DataStore,
): Promise<unknown> {
  const prefix = `s3://${store.bucket}/`;
  if (!dataref.startsWith(prefix)) {
    throw new Poison(`expected data in the bucket ${store.bucket}, got another place`);
  }
  const bytes = await store.get(dataref.slice(prefix.length));
  const digest = bytes && `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (bytes && digest === datadigest) {
    return parseJson(Buffer.from(bytes).toString(), 'JSON as data');
  }

  const message = `expected data with the digest of the event, got ${bytes ? 'other bytes' : 'none'}`;
  if (Date.now() < Date.parse(recordedtime) + PATIENCE_MS) throw new RetryLater(message);
  throw new Poison(message);
}
