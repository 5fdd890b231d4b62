import { LabelrelayError } from '../../errors';
import type { ObjectStore, PutOptions } from '../ports';

/**
 * @returns where it is kept: `s3://bucket/key`
 * @throws LabelrelayError `unavailable`
 */
export async function keep(
  key: string,
  bytes: Uint8Array,
  objects: ObjectStore,
  options?: PutOptions,
): Promise<string> {
  try {
    return await objects.put(key, bytes, options);
  } catch (cause) {
    throw new LabelrelayError('unavailable', `object ${key} could not be stored`, { cause });
  }
}
