/**
 * The store of data that is too large for a message.
 *
 * @example
 * ```ts
 * import { memoryData } from 'labelrelay/testing';
 * import type { DataStore } from 'labelrelay/worker';
 *
 * const store: DataStore = memoryData();
 * console.log(store.bucket, await store.get('data/none', 'bucket')); // bucket undefined
 * ```
 */
export interface DataStore {
  /** The name of the bucket. A claim check in another bucket is refused. Without it, any bucket may be read. */
  readonly bucket?: string;
  /** @returns the bytes; undefined if no object in the bucket has the key */
  get(key: string, bucket: string): Promise<Uint8Array | undefined>;
}
