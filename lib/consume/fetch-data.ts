import { createHash } from 'node:crypto';
import type { Travelling } from './decode-event';
import { parseJson } from './parse-json';
import { Poison } from './poison';
import type { DataStore } from './ports';
import { RetryLater } from './retry-later';

/** Missing data is retried until the event is this old, in milliseconds. A message's tries take longer. */
const MAX_WAIT_MS = 5 * 60_000;

/**
 * Fetches the data of an event that has a claim check.
 *
 * @throws Poison if the data is in another bucket, or if it is missing or altered and the event is old;
 *   RetryLater if it is missing or altered and the event is young
 */
export async function fetchData(
  { dataref = '', datadigest, recordedtime }: Travelling,
  store: DataStore,
): Promise<unknown> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(dataref) ?? [];
  if (!key || bucket !== (store.bucket ?? bucket)) {
    throw new Poison(
      `expected data in the bucket ${store.bucket ?? 'of the event'}, got another place`,
    );
  }
  const bytes = await store.get(key, bucket);
  const digest = bytes && `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (bytes && digest === datadigest) {
    return parseJson(Buffer.from(bytes).toString(), 'JSON as data');
  }

  const message = `expected data with the digest of the event, got ${bytes ? 'other bytes' : 'none'}`;
  if (Date.now() < Date.parse(recordedtime) + MAX_WAIT_MS) throw new RetryLater(message);
  throw new Poison(message);
}
