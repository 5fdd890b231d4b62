import { bytesOf } from '../body';
import type { Arrival, Delivery, Source } from '../delivery';
import { isLarge } from './object-keys';
import type { StoredObjects } from './object-store';
import { END_BYTES, parseRecord, readEnd, unreadable } from './record';
import { type OpenRecord, readRecord } from './record-stream';

/** A held, parked or archived delivery. A large one is not in memory, and is read anew each time. */
export interface StoredDelivery {
  readonly key: string;
  readonly arrival: Arrival;
  readonly id: string;
  /** The size of the body, in bytes. */
  readonly size: number;
  /** Whether it was verified before it was stored. */
  readonly isVerified: boolean;
  /** The same with its body, if it is in memory. */
  readonly inMemory?: Delivery;
  /** Reads the body from its beginning. */
  read(): Promise<AsyncIterable<Uint8Array>>;
}

interface Means {
  readonly objects: StoredObjects;
  readonly signal?: AbortSignal;
}

/**
 * Opens a stored delivery.
 *
 * @returns undefined if there is no such object (any more)
 * @throws LabelrelayError `unreadable-record` if the object is not what was stored, `unknown-version` if it
 *   has another version, `unknown-source` if the source is not configured (any more)
 */
export const openDelivery = (
  key: string,
  means: Means,
  sources: ReadonlyMap<string, Source>,
): Promise<StoredDelivery | undefined> =>
  (isLarge(key) ? openLarge : openInMemory)(key, means, sources);

async function openInMemory(
  key: string,
  { objects }: Means,
  sources: ReadonlyMap<string, Source>,
): Promise<StoredDelivery | undefined> {
  const record = await objects.get(key);
  if (!record) return undefined;
  const { delivery, isVerified } = parseRecord(record, sources);
  const { id, body, size } = delivery;
  return {
    key,
    arrival: delivery,
    id,
    size,
    isVerified,
    inMemory: delivery,
    async read() {
      return oneChunk(bytesOf(body));
    },
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function openLarge(
  key: string,
  { objects, signal }: Means,
  sources: ReadonlyMap<string, Source>,
): Promise<StoredDelivery | undefined> {
  const open = async (): Promise<OpenRecord | undefined> => {
    const stored = await objects.open(key, { signal });
    return stored && readRecord(stored, sources);
  };
  const record = await open();
  if (!record) return undefined;
  // Closes the stream.
  for await (const _ of record.body) break;
  const { arrival, size } = record;
  const ending = await objects.open(key, { last: END_BYTES, signal });
  if (!ending) return undefined;
  const { id, isVerified } = readEnd(await collect(ending.chunks));
  return {
    key,
    arrival,
    id,
    size,
    isVerified,
    async read() {
      const again = await open();
      if (!again) throw unreadable('a held delivery');
      return again.body;
    },
  };
}

/** Reads a stream into memory. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  // A chunk may be overwritten when the next one is read.
  for await (const bytes of chunks) all.push(Uint8Array.from(bytes));
  return Buffer.concat(all);
}
