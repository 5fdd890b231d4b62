import { TOMBSTONE_MS } from '../events/tombstone';
import type { Guard } from './guard';
import { type Position, placeOfValue } from './position';

/** Keeps one value for each subject. */
export interface Values<V> {
  /**
   * Keeps a value, all at once, unless what is kept is as new or newer.
   *
   * @param key `<source>/<subject>`
   * @param value null: the subject is gone, and only where it stood is remembered
   * @param expiresAt when that may be forgotten, in milliseconds since 1970
   * @returns whether it was kept
   */
  keep(key: string, position: Position, value: V | null, expiresAt?: number): Promise<boolean>;
}

/**
 * What a handler returns is kept, unless something newer is: in one call, whatever the order, and
 * however slow or dead a worker is. For handlers that make a value of an event and do nothing else.
 *
 * A handler that returns undefined keeps nothing, nor does an event without subject.
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
