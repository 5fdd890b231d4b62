import { TOMBSTONE_MS } from '../events/tombstone';
import type { Guard } from './guard';
import { type Position, placeOfValue } from './position';

/**
 * Stores one value for each subject.
 *
 * @typeParam V the type of a value
 *
 * @example
 * ```ts
 * import { memoryValues } from 'labelrelay/testing';
 * import type { Values } from 'labelrelay/worker';
 *
 * const values: Values<number> = memoryValues();
 * const position = { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' };
 * console.log(await values.keep('/labelbox/label/1', position, 5)); // true
 * console.log(await values.keep('/labelbox/label/1', position, 6)); // false
 * ```
 */
export interface Values<V> {
  /**
   * Stores a value atomically, unless the stored one is as new or newer.
   *
   * @param key `<source>/<subject>`
   * @param value null if the subject is gone: then only its position is stored
   * @param expiresAt the time when the item may be deleted, in milliseconds since 1970
   * @returns whether the value was stored
   */
  keep(key: string, position: Position, value: V | null, expiresAt?: number): Promise<boolean>;
}

/**
 * Stores the value that a handler returns, unless a value of a newer event is stored. It stores in one call, so a slow or
 * dead worker cannot overwrite a newer value. Use it for handlers that compute a value of an event and do nothing else.
 *
 * A handler that returns null stores that the subject is gone. If it returns undefined, or if the event has no subject,
 * nothing is stored.
 *
 * @param values the store
 * @param now the current time in milliseconds since 1970, for tests
 *
 * @example
 * ```ts
 * import { buildEvent, memoryValues } from 'labelrelay/testing';
 * import { createWorker, keepNewest } from 'labelrelay/worker';
 *
 * const values = memoryValues<number>();
 * const worker = createWorker(
 *   { 'label.updated': ({ data }) => data.labels?.length ?? 0 },
 *   { guard: keepNewest(values) },
 * );
 * const event = buildEvent('label.updated', { labels: [{ id: 'a' }] }, { subject: 'label/a' });
 * await worker(JSON.stringify(event));
 * for (const [key, { value }] of values.entries()) console.log(key, value); // /labelbox/label/a 1
 * ```
 */
export const keepNewest =
  <V>(values: Values<V>, now: () => number = Date.now): Guard<V | null | undefined> =>
  async (event, handle) => {
    const value = await handle({ signal: new AbortController().signal });
    const place = placeOfValue(event);
    if (value === undefined || !place) return 'done';
    const expiresAt = place.isLast ? now() + TOMBSTONE_MS : undefined;
    return (await values.keep(place.key, place, value, expiresAt)) ? 'done' : 'stale';
  };
