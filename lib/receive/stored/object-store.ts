import type { Content } from './content';

export interface PutOptions {
  readonly signal?: AbortSignal;
  /** The SHA-256 of the bytes in hex, if it is known already. */
  readonly sha256?: string;
}

/** Stores bytes that do not fit into a message, and deliveries that wait. */
export interface ObjectStore {
  /** @returns the address: `s3://bucket/key` */
  put(key: string, content: Content, options?: PutOptions): Promise<string>;
}

/** An object in the making. Nobody sees it before the commit. */
export interface Upload {
  /** Resolves when there is room for more. The caller may overwrite the bytes then. */
  write(bytes: Uint8Array): Promise<void>;
  /** @returns the address: `s3://bucket/key` */
  commit(): Promise<string>;
  /** Leaves nothing behind. If it fails, the sweep cleans up. */
  abort(): Promise<void>;
}

/** Stores objects that are too large for memory. */
export interface UploadStore {
  begin(key: string, signal?: AbortSignal): Upload;
}

export interface OpenObject {
  /** In bytes. */
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface OpenOptions {
  /** Reads this number of bytes at the end, instead of all. */
  readonly last?: number;
  readonly signal?: AbortSignal;
}

/** An upload that was begun, and neither committed nor aborted. */
export interface UnfinishedUpload {
  readonly key: string;
  readonly id: string;
  readonly begunAt: Date;
}

/** The operations on stored objects that redelivery needs. */
export interface StoredObjects extends ObjectStore, UploadStore {
  /** Reads an object into memory. @returns undefined if there is no such object (any more) */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Streams an object. @returns undefined if there is no such object (any more) */
  open(key: string, options?: OpenOptions): Promise<OpenObject | undefined>;
  /** Copies an object within the store. @returns false if there is no such object (any more) */
  copy(from: string, to: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Lists the keys that begin with a prefix, in the order of their text. */
  list(prefix: string): AsyncIterable<string>;
  /** Lists the folders in a folder, such as `held/large/` in `held/`. */
  folders(folder: string): Promise<readonly string[]>;
  unfinished(): AsyncIterable<UnfinishedUpload>;
  discard(upload: UnfinishedUpload): Promise<void>;
}
