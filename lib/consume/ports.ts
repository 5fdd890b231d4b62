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
  /** The name of the bucket. A claim check in another bucket is refused. */
  readonly bucket: string;
  /** @returns the bytes; undefined if no object has the key */
  get(key: string): Promise<Uint8Array | undefined>;
}
