/**
 * The store of data that is too large for a message.
 *
 * @example
 * ```ts
 * import { memoryData } from 'labelrelay/testing';
 * import type { DataStore } from 'labelrelay/worker';
 *
 * const store: DataStore = memoryData();
 * console.log(store.bucket, await store.get('data/none')); // bucket undefined
 * ```
 */
export interface DataStore {
  /** The only bucket that is read. */
  readonly bucket: string;
  /** @returns undefined when there is nothing under the key */
  get(key: string): Promise<Uint8Array | undefined>;
}
