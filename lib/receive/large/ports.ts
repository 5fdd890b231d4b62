/** An object in the making, which nobody sees before it is committed. */
export interface Upload {
  /** Takes bytes, which can be written over once this resolves: when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  /** @returns where it is kept from now on: `s3://bucket/key` */
  commit(): Promise<string>;
  /** Leaves nothing behind. What fails here is left to the sweep. */
  abort(): Promise<void>;
}

export interface StoredObject {
  /** In bytes. */
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What of an object is read. */
export interface ObjectPart {
  /** So many bytes at its end, in place of all. */
  readonly last?: number;
  readonly signal?: AbortSignal;
}

/** An upload that was begun, and neither committed nor aborted. */
export interface UnfinishedUpload {
  readonly key: string;
  readonly id: string;
  readonly begunAt: Date;
}

/** Objects that are too large for memory. */
export interface LargeObjects {
  begin(key: string, signal?: AbortSignal): Upload;
  /** @returns undefined when there is no such object (any more) */
  open(key: string, part?: ObjectPart): Promise<StoredObject | undefined>;
  /** Within the store: no byte comes here. @returns false when there is no such object (any more) */
  copy(from: string, to: string): Promise<boolean>;
  unfinished(): AsyncIterable<UnfinishedUpload>;
  discard(upload: UnfinishedUpload): Promise<void>;
}
