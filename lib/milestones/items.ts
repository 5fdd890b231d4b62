import { setTimeout } from 'node:timers/promises';
import { Wait } from '../consume/wait';

/** The key of an item: the items with one `key` can be listed by `item`. */
export interface ItemKey {
  readonly key: string;
  readonly item: string;
}

/** A value, and how often it was written. */
export interface Revised<T> {
  readonly value: T;
  /** 0 if there is no item. */
  readonly revision: number;
}

/**
 * Items that are read consistently, and written one at a time.
 *
 * @throws UnknownVersion if the table or an item has a form that this version does not know
 */
export interface Items {
  /** @returns the items in the order of their keys; undefined for one that is not there */
  read(keys: readonly ItemKey[]): Promise<readonly (Revised<unknown> | undefined)[]>;
  /**
   * Writes a value if the item has the revision. The item then has the next one.
   *
   * @param revision 0 if there must be no item
   * @returns false if the item has another revision
   */
  put(key: ItemKey, value: unknown, revision: number): Promise<boolean>;
  /** The values under a key, by `item`. */
  under(key: string): AsyncIterable<unknown>;
}

/** How often a change is tried while other workers change the same item. */
const MAX_ROUNDS = 12;
const PAUSE_MS = 10;

/** Calls a function until it returns true. @param name the name of the item, for the error. @throws Wait if it never does */
export async function untilWritten(name: string, attempt: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (await attempt()) return;
    await setTimeout(PAUSE_MS * round * Math.random());
  }
  throw new Wait(`expected nobody else to change ${name} meanwhile, got others every time`);
}

/**
 * Changes an item.
 *
 * @param change gets the value, and returns the new one; the same one if nothing changes
 * @returns the value that is stored in the end
 */
export async function update<T>(
  items: Items,
  key: ItemKey,
  change: (value: T | undefined) => T | undefined,
): Promise<T | undefined> {
  let stored: T | undefined;
  await untilWritten(key.key, async () => {
    const found = await readOne<T>(items, key);
    stored = change(found?.value);
    return stored === found?.value || items.put(key, stored, found?.revision ?? 0);
  });
  return stored;
}

export const readOne = async <T>(items: Items, key: ItemKey): Promise<Revised<T> | undefined> =>
  (await items.read([key]))[0] as Revised<T> | undefined;
