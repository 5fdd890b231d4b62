import { LabelrelayError } from '../../errors';
import type { Content } from './content';
import type { ObjectStore, PutOptions, UploadStore } from './object-store';

/**
 * Stores an object.
 *
 * @returns the address: `s3://bucket/key`
 * @throws LabelrelayError `unavailable`
 */
export async function store(
  key: string,
  content: Content,
  objects: ObjectStore,
  options?: PutOptions,
): Promise<string> {
  try {
    return await objects.put(key, content, options);
  } catch (cause) {
    throw notStored(key, cause);
  }
}

/**
 * Stores a stream. Only the whole of it becomes an object.
 *
 * @returns the address: `s3://bucket/key`
 * @throws LabelrelayError `unavailable`
 */
export async function storeStream(
  key: string,
  chunks: AsyncIterable<Uint8Array>,
  objects: UploadStore,
  signal?: AbortSignal,
): Promise<string> {
  const upload = objects.begin(key, signal);
  try {
    for await (const bytes of chunks) await upload.write(bytes);
    return await upload.commit();
  } catch (cause) {
    await upload.abort();
    throw notStored(key, cause);
  }
}

export const notStored = (key: string, cause: unknown): LabelrelayError =>
  new LabelrelayError('unavailable', `object ${key} could not be stored`, { cause });
