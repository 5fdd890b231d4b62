/** Where data is kept that is too large for a message. */
export interface DataStore {
  /** The only bucket that is read. */
  readonly bucket: string;
  /** @returns undefined when there is nothing under the key */
  get(key: string): Promise<Uint8Array | undefined>;
}
