import type { JsonObject } from '../../json/read';
import { bytesOf } from '../body';
import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { store } from '../stored/store';
import { expectJson, storeUndecodable, undecodableKey } from '../stored/undecodable';

/**
 * Decodes an authentic delivery to JSON objects. A body that cannot be decoded is stored.
 *
 * @throws LabelrelayError `unsupported-media-type`, `undecodable`, or `unavailable` if the body cannot be stored
 */
export async function decode(
  { source, headers, id, body }: Delivery,
  { objects, journal, signal }: Pick<Context, 'objects' | 'journal' | 'signal'>,
): Promise<JsonObject[]> {
  try {
    expectJson(source, headers['content-type']);
    return source.platform.decode(body);
  } catch (error) {
    const key = undecodableKey(source, id);
    await storeUndecodable(() => store(key, bytesOf(body), objects, { signal }), journal);
    throw error;
  }
}
