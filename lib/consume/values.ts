import type { Position } from './position';

/**
 * Stores one value for each subject. `putIfNewer` alone is enough for `keepNewest`.
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
 * console.log(await values.putIfNewer('/labelbox/label/1', position, 5)); // true
 * console.log(await values.putIfNewer('/labelbox/label/1', position, 6)); // false
 * ```
 */
export interface Values<V> {
  /**
   * Stores a value atomically, unless the stored one is as new or newer.
   *
   * @param key `<source>/<subject>`
   * @param value null if the subject is gone: then only its position is stored
   * @param expiresAt the time when the item may be deleted, in milliseconds since 1970
   * @param over the position that must be stored now; null if nothing may be stored; any if absent
   * @returns whether the value was stored
   */
  putIfNewer(
    key: string,
    position: Position,
    value: V | null,
    expiresAt?: number,
    over?: Position | null,
  ): Promise<boolean>;
}

/**
 * A value, and the position of the event that made it. The value is null if the subject is gone.
 *
 * @example
 * ```ts
 * import { memoryValues } from 'labelrelay/testing';
 * import type { Kept } from 'labelrelay/worker';
 *
 * const values = memoryValues<number>();
 * await values.putIfNewer('/labelbox/label/1', { sequence: '2026-01-01T00:00:00.000000Z-2', id: 'a' }, null);
 * const kept: Kept<number> | undefined = await values.newest('/labelbox/label/1');
 * console.log(kept?.id, kept?.value); // a null
 * ```
 */
export interface Kept<V> extends Position {
  /** The value; null if the subject is gone. */
  readonly value: V | null;
}

/**
 * A store of values that also reads them, as `dynamoValues` and `memoryValues` make it.
 *
 * @typeParam V the type of a value
 *
 * @example
 * ```ts
 * import { memoryValues } from 'labelrelay/testing';
 * import type { ReadableValues } from 'labelrelay/worker';
 *
 * const values: ReadableValues<number> = memoryValues();
 * await values.putIfNewer('/labelbox/label/1', { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'a' }, 2);
 * await values.putIfNewer('/labelbox/label/2', { sequence: '2026-01-01T00:00:00.000000Z-0', id: 'b' }, 3);
 * let sum = 0;
 * for await (const [, value] of values.all()) sum += value;
 * console.log(sum); // 5
 * ```
 */
export interface ReadableValues<V> extends Values<V> {
  /** The stored value of a subject; undefined if there is none. */
  newest(key: string): Promise<Kept<V> | undefined>;
  /** The key and the value of every subject that is not gone, in no order. */
  all(): AsyncIterable<[key: string, value: V]>;
}
