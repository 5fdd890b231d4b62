import { TOMBSTONE_MS } from '../events/tombstone';
import { type AnyEvent, isGone } from './event';
import type { Guard, HandlerContext, Verdict } from './guard';
import { compareToMark, type Place, placeOfValue } from './position';
import { takeTurns } from './take-turns';
import type { ReadableValues, Values } from './values';
import { Wait } from './wait';

/**
 * The second argument of a handler under `keepNewest`.
 *
 * @typeParam V the type of a value
 *
 * @example
 * ```ts
 * import { buildEvent, memoryValues } from 'labelrelay/testing';
 * import { type ChangeContext, createWorker, keepNewest } from 'labelrelay/worker';
 *
 * const tell = ({ data }: { data: { labels?: unknown[] } }, { change, before }: ChangeContext<number>) => {
 *   console.log(change, before);
 *   return data.labels?.length ?? 0;
 * };
 * const worker = createWorker({ 'label.updated': tell }, { guard: keepNewest(memoryValues<number>()) });
 * const update = (second: number, labels: { id: string }[]) =>
 *   buildEvent('label.updated', { labels }, {
 *     subject: 'label/1',
 *     sequence: `2026-01-01T00:00:0${second}.000000Z-1`,
 *   });
 * await worker(JSON.stringify(update(1, [{ id: 'a' }]))); // new undefined
 * await worker(JSON.stringify(update(2, []))); // changed 1
 * ```
 */
export interface ChangeContext<V> extends HandlerContext {
  /** `new` if nothing is stored for the subject, or if it was gone; `gone` if it is gone now; else `changed`. */
  readonly change: 'new' | 'changed' | 'gone';
  /** The stored value, which the returned one replaces. Undefined if there is none. */
  readonly before: V | undefined;
}

/**
 * A guard of handlers that return a value. The condition always holds. TypeScript infers the context of handlers from a call
 * of `keepNewest` only if its declared type is no function.
 */
type ValuesGuard<V, C extends HandlerContext> = [V] extends [unknown]
  ? Guard<V | null | undefined, C>
  : never;

/** The most times that an event is handled anew because another process stored a value in between. */
const MAX_ROUNDS = 5;

/**
 * Stores the value that a handler returns, unless a value of a newer event is stored. A slow or dead worker cannot
 * overwrite a newer value. Use it for handlers that compute a value of an event and do nothing else.
 *
 * The handler is not called for a stale event or a duplicate. It gets the stored value as `before`, and what it returns is
 * stored only if that is still the stored one: otherwise it is called again. In one process, the events of a subject take
 * turns. A handler that returns null stores that the subject is gone. If it returns undefined, or if the event has no
 * subject, nothing is stored.
 *
 * @param values the store. If it cannot be read, the handler has no `change` and `before`, and is called for every event
 * @param now the current time in milliseconds since 1970, for tests
 * @throws Wait if other workers change the subject all the time
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
 * for await (const [key, value] of values.all()) console.log(key, value); // /labelbox/label/a 1
 * ```
 */
export function keepNewest<V>(
  values: ReadableValues<V>,
  now?: () => number,
): ValuesGuard<V, ChangeContext<V>>;
export function keepNewest<V>(
  values: Values<V>,
  now?: () => number,
): ValuesGuard<V, HandlerContext>;
export function keepNewest<V>(
  values: Values<V> | ReadableValues<V>,
  now: () => number = Date.now,
): Guard<V | null | undefined, ChangeContext<V>> {
  const inTurn = takeTurns();
  return async (event, handle) => {
    const place = placeOfValue(event);
    const expiresAt = place?.isLast ? now() + TOMBSTONE_MS : undefined;
    const valueOver = (before?: V) =>
      handle({ signal: new AbortController().signal, change: changeOf(event, before), before });
    if (place && 'newest' in values) {
      return inTurn(place.key, () => replace(values, place, valueOver, expiresAt));
    }
    const value = await valueOver();
    if (value === undefined || !place) return 'done';
    return (await values.putIfNewer(place.key, place, value, expiresAt)) ? 'done' : 'stale';
  };
}

/** Stores a value that was made of the stored one, if that is still stored. */
async function replace<V>(
  values: ReadableValues<V>,
  place: Place,
  valueOver: (before?: V) => Promise<V | null | undefined>,
  expiresAt?: number,
): Promise<Verdict> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const kept = await values.newest(place.key);
    const order = kept ? compareToMark(place, kept) : 1;
    if (order <= 0) return order === 0 ? 'duplicate' : 'stale';
    const value = await valueOver(kept?.value ?? undefined);
    if (value === undefined) return 'done';
    if (await values.putIfNewer(place.key, place, value, expiresAt, kept ?? null)) return 'done';
  }
  throw new Wait(`expected nobody else to change ${place.key} meanwhile, got others every time`);
}

function changeOf(event: AnyEvent, before?: unknown): ChangeContext<unknown>['change'] {
  if (isGone(event)) return 'gone';
  return before === undefined ? 'new' : 'changed';
}
